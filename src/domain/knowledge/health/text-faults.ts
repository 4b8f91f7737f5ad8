import { foldInPlace } from '../../facts/folding.ts';
import { type LineFault } from './health-notice.ts';

// What stands for a text that was never written. In Markdown a link follows its name in brackets.
const PLACEHOLDERS: readonly RegExp[] = [
  /\{\{[^{}\n]{1,60}\}\}|\{[A-Z][A-Z0-9_ ]{1,40}\}|<%[^%\n]{1,60}%>/u,
  /\[ ?(?:preencher|inserir|insira|colocar|coloque|completar|informar|informe|digite|escreva|seu|sua|nome d[aeo]|e-?mail|telefone|whatsapp|endereco|valor|preco|data|cidade|link|url|xx+|\.{3})(?![a-z])[^\]\n]{0,60}\](?!\()/u,
  /\bx{4,}\b|r\$ ?x{2,}|\bx{2,3},xx\b|\bxx\/xx\b|\(xx\)/u,
  /\blorem ipsum\b/u,
];

/** Three of them are also the number thirty: `XXX - os bens`, `inciso XXX`. */
const THREE_XS = /(?<![\p{L}\p{N}-])XXX(?![\p{L}\p{N}])(?! ?[-–—])/u;
const COUNTED =
  /(?:inciso|capitulo|titulo|seculo|artigo|art\.?|anexo|livro|secao|parte|xxx,|ou|e) $/u;

// UTF-8 read as Windows-1252: `Ã§`, `Â°`, `â€œ`. What may follow a real "Ã", as a quotation mark, counts before a letter only.
const MOJIBAKE =
  /Ã(?:[€‚ƒ„†‡ˆ‰Š‹ŒŽ‘•˜™š›œžŸ¡-ª¬-º¼-¿]|[…“”’–—«»](?=\p{L}))|Â[¡-¿]|â€[\u0080-\u2122]|ï¿½/u;
const LOST = /\ufffd/u;

/** Texts that were never filled in, and characters that were broken on the way, in a line of a document. */
export function textFaultsIn(line: string): readonly LineFault[] {
  const placeholder = placeholderIn(line);
  const broken = LOST.exec(line) ?? MOJIBAKE.exec(line);
  return [
    ...(placeholder === undefined
      ? []
      : [{ kind: 'placeholder' as const, message: unfilled(placeholder) }]),
    ...(broken === null
      ? []
      : [{ kind: 'broken_text' as const, message: brokenAround(line, broken.index) }]),
  ];
}

function placeholderIn(line: string): string | undefined {
  const folded = foldInPlace(line);
  for (const [index, pattern] of PLACEHOLDERS.entries()) {
    const match = pattern.exec(index === 0 ? line : folded);
    if (match !== null) return line.slice(match.index, match.index + match[0].length);
  }
  const thirty = THREE_XS.exec(line);
  return thirty === null || COUNTED.test(folded.slice(0, thirty.index)) ? undefined : thirty[0];
}

function unfilled(placeholder: string): string {
  return `"${placeholder}" ficou por preencher, e o agente pode repetir isso a um cliente; escreva o dado certo ou apague a linha`;
}

function brokenAround(line: string, at: number): string {
  const start = line.lastIndexOf(' ', at) + 1;
  const end = line.indexOf(' ', at);
  const word = line.slice(start, end === -1 ? undefined : end).slice(0, 40);
  return `"${word}" tem caracteres estragados; escreva a palavra de novo e salve o arquivo como UTF-8`;
}
