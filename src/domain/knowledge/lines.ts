/** One line of a document, by what it does for the text's structure. */
export type Line =
  | { readonly kind: 'blank' }
  /** `=== name ===`: another document begins in the same file. */
  | { readonly kind: 'mark'; readonly text: string }
  /** Lower levels stand above higher ones; `isTitle`: may name the whole document. */
  | {
      readonly kind: 'heading';
      readonly level: number;
      readonly text: string;
      readonly isTitle: boolean;
    }
  /** `P:`, `Q:` or `Pergunta:`: a question with its answer begins. */
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

/** A line in capitals says nothing of its rank, so it stands below every `#` heading. */
export const CAPITALS_LEVEL = 7;

// Longer lines are text: nobody writes such a heading, and no pattern has to run over megabytes.
const MAX_HEADING = 120;
const MAX_BARE_CAPITALS = 60;
const MIN_CAPITAL_LETTERS = 3;

const MARK = /^={3,}([^=]*[\p{L}\p{N}][^=]*)={3,}$/u;
const HASHES = /^(#{1,6})[ \t]+(.*[\p{L}\p{N}].*)$/u;
const QUESTION = /^(?:[-*•][ \t]*)?(?:P|Q|Pergunta|Question|Dúvida)[ \t]*\d{0,3}[ \t]*:/iu;
const CAPITALS = /^[\p{Lu}\p{N}][\p{Lu}\p{N} \t,.\-–/&()ºª'!?]*:?$/u;

/** Tells for each line of a normalised text what it is. */
export function classifyLines(text: string): readonly Line[] {
  const lines = text.split('\n');
  const classified: Line[] = [];
  for (const [index, line] of lines.entries()) {
    classified.push(classify(line, classified[index - 1], lines[index + 1] ?? ''));
  }
  return classified;
}

function classify(raw: string, previous: Line | undefined, next: string): Line {
  const line = raw.trim();
  if (line === '') return { kind: 'blank' };
  const text = raw.trimEnd();
  if (line.length > MAX_HEADING) return { kind: 'text', text };
  const marked = markOrHashes(line);
  if (marked !== undefined) return marked;
  if (QUESTION.test(line)) return { kind: 'question', text };
  if (isCapitalsHeading(line, previous, next)) {
    const isTitle = !line.endsWith(':');
    return { kind: 'heading', level: CAPITALS_LEVEL, text: line.replace(/:$/u, ''), isTitle };
  }
  return { kind: 'text', text };
}

function markOrHashes(line: string): Line | undefined {
  const name = MARK.exec(line)?.[1];
  if (name !== undefined) return { kind: 'mark', text: name.trim() };
  const [, hashes = '', heading] = HASHES.exec(line) ?? [];
  if (heading === undefined) return undefined;
  return { kind: 'heading', level: hashes.length, text: heading.trim(), isTitle: true };
}

function isCapitalsHeading(line: string, previous: Line | undefined, next: string): boolean {
  if (!isCapitals(line)) return false;
  if (line.endsWith(':')) return true;
  if (line.endsWith('.') || line.length > MAX_BARE_CAPITALS) return false;
  // Several lines of capitals in a row are somebody writing loudly, not headings.
  const startsHere = previous?.kind !== 'text';
  const following = next.trim();
  return startsHere && !(isCapitals(following) && !following.endsWith(':'));
}

function isCapitals(line: string): boolean {
  if (!CAPITALS.test(line)) return false;
  const letters = line.match(/\p{Lu}/gu)?.length ?? 0;
  const digits = line.match(/\p{N}/gu)?.length ?? 0;
  // "CNPJ 12.345.678/0001-90" is a fact, "TURMA 2" a heading.
  return letters >= MIN_CAPITAL_LETTERS && letters > digits;
}
