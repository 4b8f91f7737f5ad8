import { type Fact } from './fact.ts';
import { type ExaminedText } from './find-facts.ts';
import { type Sum } from './sums.ts';

/** Words by which a text says that an amount is worked out from those around it. */
const WORKED_OUT =
  /=|\b(?:total|totaliza|soma|somam|somando|juntos|juntas|juntando|ambos|dois|duas|tudo|todo|da|dao|fica|ficam|sai|saem|sao|resulta|equals|is|are|son|suma|together|both)\b|[→➡➜+×]|\d ?x /u;
const COUNT =
  /(?<![\p{L}\d.,/:])(\d{1,3}|dois|duas|tres|quatro|cinco|seis|sete|oito|nove|dez)(?![\d.,/:]?\d|%)/gu;
const WORDS = ['dois', 'tres', 'quatro', 'cinco', 'seis', 'sete', 'oito', 'nove', 'dez'];

const OPENS = /^[^\d(]{0,40}(?:\(|:|, sendo|, (?:ou seja|isto e))/u;
const LONGEST_GAP = 120;
const MOST_TERMS = 4;

/** An amount with what may multiply it. */
interface Term {
  readonly cents: number;
  readonly counts: readonly number[];
  /** Offsets from what stands before it to its end. */
  readonly start: number;
  readonly end: number;
}

/**
 * Amounts that come out of those right before them, or in the brackets right behind them, by addition and
 * multiplication. What does not come out is not listed: it may be no sum. The counts and instalments
 * among the operands need no other source then; the amounts do.
 */
export function workedSums({ folded, facts }: ExaminedText): readonly Sum[] {
  const amounts = [...facts.entries()].filter(([, fact]) => isAmount(fact));
  const others = amounts.map(([, fact]) => fact);
  return amounts.flatMap(([place, result], index) => {
    const from = Math.max(0, index - MOST_TERMS);
    const before = termsOf(folded, others.slice(from, index), others[from - 1]);
    const next = others.slice(index + 1, index + 1 + MOST_TERMS);
    const behind = termsOf(folded, told(folded, result, next), others[index - 1], result);
    const used =
      explained(folded, result, before.toReversed()) ?? explained(folded, result, behind);
    if (used === undefined) return [];
    return [{ operands: operandsIn(facts, used), result: place, isRight: true }];
  });
}

function termsOf(
  folded: string,
  facts: readonly Fact[],
  last?: Fact,
  result?: Fact,
): readonly Term[] {
  return facts.map((fact, index) => {
    // `3 cortes saem por R$ 240 (R$ 80 cada)`: the count stands before the outcome.
    const before = index === 0 ? (last?.end ?? 0) : (facts[index - 1]?.end ?? 0);
    const from = Math.max(before, fact.start - (result === undefined ? 1 : 2) * LONGEST_GAP);
    const counts = Array.from(folded.slice(from, fact.start).matchAll(COUNT), countOf);
    return { cents: centsOf(fact), counts: [1, ...counts.slice(-3)], start: from, end: fact.end };
  });
}

/** The amounts that are told right behind a result: in brackets, or behind `sendo`. */
function told(folded: string, result: Fact, facts: readonly Fact[]): readonly Fact[] {
  const window = folded.slice(result.end, result.end + LONGEST_GAP);
  const open = OPENS.exec(window);
  if (open === null) return [];
  const from = result.end + open[0].length;
  const close = folded.indexOf(open[0].endsWith('(') ? ')' : '\n', from);
  return facts.filter(({ start }) => close === -1 || start < close);
}

/** The terms, nearest first, whose sum is the result, if the text says that it is one. */
function explained(
  folded: string,
  result: Fact,
  nearest: readonly Term[],
): readonly Term[] | undefined {
  let sums = [0];
  for (const [index, term] of nearest.entries()) {
    if (Math.abs(term.end - result.start) > LONGEST_GAP * MOST_TERMS) return undefined;
    sums = sums.flatMap((sum) => term.counts.map((count) => sum + count * term.cents));
    const isProduct = index > 0 || !sums.slice(0, 1).includes(centsOf(result));
    const used = nearest.slice(0, index + 1);
    if (isProduct && sums.includes(centsOf(result)) && isSaid(folded, result, used)) return used;
  }
  return undefined;
}

function isSaid(folded: string, result: Fact, used: readonly Term[]): boolean {
  const start = Math.min(result.start - 24, ...used.map((term) => term.start));
  const end = Math.max(result.end + 24, ...used.map((term) => term.end));
  return WORKED_OUT.test(folded.slice(Math.max(0, start), end));
}

/** An amount of money, or what may be one: `mil e duzentos cada`. */
function isAmount({ kind, value }: Fact): boolean {
  return kind === 'money' || (kind === 'number' && Number(value) >= 20);
}

function operandsIn(facts: readonly Fact[], used: readonly Term[]): readonly number[] {
  const isIn = ({ start }: Fact): boolean =>
    used.some((term) => term.start <= start && start < term.end);
  // One amount is of the item beside it; of several, the items may be named before them all.
  const isTerm = (fact: Fact): boolean => isAmount(fact) && used.length > 1;
  return [...facts.entries()]
    .filter(([, fact]) => (isCount(fact) || isTerm(fact)) && isIn(fact))
    .map(([place]) => place);
}

function isCount({ kind, unit }: Fact): boolean {
  return kind === 'instalment' || kind === 'number' || (kind === 'quantity' && isOfThings(unit));
}

function isOfThings(unit: string | undefined): boolean {
  return ['x', 'unidade', 'pessoa', 'aula', 'vaga'].includes(unit ?? '');
}

function countOf([, written = '']: RegExpMatchArray): number {
  const word = written === 'duas' ? 0 : WORDS.indexOf(written);
  return word === -1 ? Number(written) : word + 2;
}

function centsOf({ kind, value }: Fact): number {
  return kind === 'number' ? Math.round(Number(value) * 100) : Number(value.slice(4));
}
