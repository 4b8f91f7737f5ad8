import { type Fact } from '../../facts/fact.ts';
import { type ExaminedText } from '../../facts/find-facts.ts';

/** One price of a line, with the words that say what it is the price of. */
export interface LinePrice {
  readonly fact: Fact;
  /** Folded words beside the price, without those that any price has. */
  readonly words: readonly string[];
}

const WORD = /[\p{L}\p{N}]+/gu;

/** Said of any price, and of any name. */
const SAID_OF_ANY = new Set(
  (
    'a ao aos as o os e ou de da das do dos em na nas no nos por pela pelo para um uma ate com que se ' +
    'preco precos valor valores custa custam custo sai saem fica e esta apenas somente so agora hoje total ' +
    'investimento quanto qual reais r curso cursos produto servico cobramos cobra pague paga'
  ).split(' '),
);

/** A condition behind a price begins so: `no Pix`, `à vista`, `por pessoa`, `/mês`. */
const CONDITION =
  /^[ *_]{0,2}(?:\/|\(|(?:no|na|nos|nas|em|a|ao|por|com|sem|para|cada|mensa(?:l|is)|a vista)\b)[^.,;:()\n]{0,40}/u;

/** The prices of a line. Those paid several times, and those in a sum or a range, are none to compare. */
export function pricesOfLine({ folded, facts }: ExaminedText): readonly LinePrice[] {
  let end = 0;
  return facts.flatMap((fact) => {
    const before = folded.slice(end, fact.start);
    end = fact.end;
    if (fact.kind !== 'money') return [];
    const isInstalment = facts.some(
      ({ kind, start }) => kind === 'instalment' && start === fact.start,
    );
    if (isInstalment || /\d ?x ?(?:de )?$|[+=] ?$/u.test(before)) return [];
    const after = CONDITION.exec(folded.slice(fact.end))?.[0] ?? '';
    return [{ fact, words: tellingWords(`${before} ${after}`) }];
  });
}

/** The words of a folded text that are not said of any price; numbers say nothing of its conditions. */
export function tellingWords(folded: string): readonly string[] {
  return namingWords(folded).filter((word) => !/^\d+$/u.test(word));
}

/** The same with numbers: `RC-415` is another thing than `RC-492`. */
export function namingWords(folded: string): readonly string[] {
  const words = folded.match(WORD) ?? [];
  return words.filter((word) => !SAID_OF_ANY.has(word));
}
