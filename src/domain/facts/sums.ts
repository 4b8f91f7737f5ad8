import { type Fact } from './fact.ts';
import { type ExaminedText } from './find-facts.ts';

/** A sum that a text spells out, by the places of its facts. */
export interface Sum {
  readonly operands: readonly number[];
  readonly result: number;
  readonly isRight: boolean;
}

const EQUALS =
  /^[ *_~):,]*(?:(?:e |y |and )?(?:o |el |the )?)(?:=|->|=>|\b(?:da|dao|fica|ficam|totaliza|totalizam|total|soma|somam|resulta em|resultam em|e igual a|igual a|sao|sai|saem|equals|is|son|suma)\b)[^.!?\n\d]{0,24}$/u;
const PLUS = /^[^.!?\n=]{0,60}(?:\+|\bmais\b|\be\b|\by\b|\band\b|\bplus\b)[^.!?\n=]{0,60}$/u;
const MINUS = /^[^.!?\n=\d]{0,12}(?:-|\bmenos\b|\bminus\b)[^.!?\n=\d]{0,12}$/u;
const TIMES = /^[ *_~]*(?:x|×|\*|de|cursos?(?: de)?|unidades? (?:de|a)|vezes|por)?[ *_~]*$/u;
const OF = /^ ?(?:de|sobre|of) ?$/u;
/** `dois cursos de R$ 497`: a count too small to be a fact of its own. */
const COUNT_BEFORE =
  /(?:^|[^\w.,])(\d{1,2}|dois|duas|tres|quatro|cinco|seis|two|three|four) (?:x|×|\*|[a-z]{2,14}(?: (?:de|a|por|x))?) ?$/u;
const COUNTS: ReadonlyMap<string, number> = new Map([
  ['dois', 2],
  ['duas', 2],
  ['tres', 3],
  ['quatro', 4],
  ['cinco', 5],
  ['seis', 6],
  ['two', 2],
  ['three', 3],
  ['four', 4],
]);
const OFF = /^[^.!?\n=\d]{0,24}$/u;

/** What can be part of a sum; names of things stand between. */
const AMOUNTS: ReadonlySet<string> = new Set(['money', 'percent', 'quantity', 'number']);

/** The sums of a text: products, additions, subtractions and percentages with their result. */
export function sumsIn({ folded, facts }: ExaminedText): readonly Sum[] {
  const places = [...facts.keys()].filter((place) => AMOUNTS.has(facts[place]?.kind ?? ''));
  const amounts = facts.filter(({ kind }) => AMOUNTS.has(kind));
  const sums = amounts.flatMap((fact, index) =>
    isResult(folded, fact, amounts[index - 1]) ? (readSum(folded, amounts, index) ?? []) : [],
  );
  return sums.map(({ operands, result, isRight }) => ({
    operands: operands.map((index) => places[index] ?? -1),
    result: places[result] ?? -1,
    isRight,
  }));
}

function isResult(folded: string, fact: Fact, before: Fact | undefined): boolean {
  if (fact.kind !== 'money' || before === undefined) return false;
  const gap = folded.slice(before.end, fact.start);
  return gap.length <= 48 && EQUALS.test(gap);
}

/** Reads from the result backwards, term by term, as long as signs stand between them. */
function readSum(folded: string, facts: readonly Fact[], result: number): Sum | undefined {
  const wanted = centsOf(facts[result]);
  const operands: number[] = [];
  let total = 0;
  let isSum = false;
  let last: number | undefined = result - 1;
  while (last !== undefined) {
    const term = readTerm(folded, facts, last);
    if (term === undefined) return undefined;
    operands.push(...term.operands);
    const first = Math.min(...term.operands);
    const sign = signBefore(folded, facts, first);
    total += sign === '-' ? -term.cents : term.cents;
    isSum = term.isProduct || operands.length > 1;
    last = isEnough(sign, isSum && isNear(total, wanted)) ? undefined : first - 1;
  }
  return isSum ? { operands, result, isRight: isNear(total, wanted) } : undefined;
}

/** A right sum needs nothing that stands before it, unless the term is taken from it. */
function isEnough(sign: Sign, isRight: boolean): boolean {
  return sign === '' || (sign === '+' && isRight);
}

type Sign = '+' | '-' | '';

/** Whether a fact is added to, or taken from, what stands before it. */
function signBefore(folded: string, facts: readonly Fact[], index: number): Sign {
  const before = facts[index - 1];
  if (before === undefined) return '';
  const gap = folded.slice(before.end, facts[index]?.start);
  if (MINUS.test(gap)) return '-';
  return PLUS.test(gap) ? '+' : '';
}

interface Term {
  readonly cents: number;
  readonly operands: readonly number[];
  readonly isProduct: boolean;
}

/** The amount that ends at a fact, with what multiplies it or is taken from it. */
function readTerm(folded: string, facts: readonly Fact[], last: number): Term | undefined {
  const fact = facts[last];
  if (fact === undefined) return undefined;
  const before = facts[last - 1];
  const gap = before === undefined ? '' : folded.slice(before.end, fact.start);
  if (fact.kind === 'percent') return discounted(facts, last, gap);
  const cents = centsOf(fact);
  if (cents === undefined) return undefined;
  const factor = before === undefined ? undefined : factorOf(before, gap);
  if (factor === undefined) return counted(cents, last, countBefore(folded, fact));
  return { cents: cents * factor, operands: [last, last - 1], isProduct: true };
}

/** `R$ 497 com 5% de desconto`. */
function discounted(facts: readonly Fact[], last: number, gap: string): Term | undefined {
  const base = OFF.test(gap) ? centsOf(facts[last - 1]) : undefined;
  if (base === undefined) return undefined;
  const rest = 1 - Number(facts[last]?.value) / 100;
  return { cents: base * rest, operands: [last, last - 1], isProduct: true };
}

function counted(cents: number, last: number, count: number | undefined): Term {
  return { cents: cents * (count ?? 1), operands: [last], isProduct: count !== undefined };
}

/** What the amount behind the gap is multiplied by: a percentage of it, or so many of it. */
function factorOf(before: Fact, gap: string): number | undefined {
  if (before.kind === 'percent' && OF.test(gap)) return Number(before.value) / 100;
  const isCount = before.kind === 'quantity' || before.kind === 'number';
  return isCount && TIMES.test(gap) ? Number(before.value) : undefined;
}

function countBefore(folded: string, { start }: Fact): number | undefined {
  const count = COUNT_BEFORE.exec(folded.slice(Math.max(0, start - 24), start))?.[1];
  return count === undefined ? undefined : (COUNTS.get(count) ?? Number(count));
}

function centsOf(fact: Fact | undefined): number | undefined {
  if (fact?.kind === 'number') return Number(fact.value) * 100;
  return fact?.kind === 'money' ? Number(fact.value.slice(4)) : undefined;
}

function isNear(one: number, other: number | undefined): boolean {
  return other !== undefined && Math.abs(one - other) < 1;
}
