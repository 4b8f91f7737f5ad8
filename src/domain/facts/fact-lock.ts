import { type Fact, type FactKind, type Today } from './fact.ts';
import { type ExaminedText, findFacts } from './find-facts.ts';
import { FactReader } from './fact-reader.ts';
import { type Items } from './items.ts';
import { type ItemId } from './mentions.ts';
import { isCustomersToRepeat } from './repetition.ts';
import { agrees, keysOf, supportOf, type ExaminedSource, type Source } from './source.ts';
import { type Sum, sumsIn } from './sums.ts';
import { workedSums } from './worked-sums.ts';
import { weekdayOf } from './calendar.ts';

/**
 * - `not_found`: stands nowhere in what the model was shown.
 * - `customers_word`: only the customer said it, and it is not the customer's to say.
 * - `other_item`: stands there, but for another item than the one that the reply names.
 * - `wrong_sum`: the reply's own arithmetic does not come out.
 * - `broken_code`: a Pix code whose checksum is wrong.
 * - `leak`: no fact, but words that only the model may read.
 * - `too_long`: the reply is longer than what is checked, and was not.
 */
type Offence =
  'too_long' | 'not_found' | 'customers_word' | 'other_item' | 'wrong_sum' | 'broken_code' | 'leak';

/** What became of one fact of a reply. */
export interface Finding {
  readonly kind: FactKind | 'instructions' | 'length';
  readonly value: string;
  /** As the reply writes it. */
  readonly text: string;
  /** The id of the source in which it stands; `sum` where the reply's arithmetic gives it. */
  readonly source?: string;
  readonly offence?: Offence;
}

type Judgement = Pick<Finding, 'source' | 'offence'>;

interface Support {
  readonly source: ExaminedSource;
  readonly fact: Fact;
  /** The items that the source says it of; none where it is the shop's. */
  readonly items: readonly ItemId[];
}

/**
 * UTF-16 units; what is longer is no message for WhatsApp. The cost of a check grows with the length only, and this
 * is what bounds it.
 */
const LONGEST_REPLY = 12_000;

const TOO_LONG: Finding = {
  kind: 'length',
  value: String(LONGEST_REPLY),
  text: `mais de ${LONGEST_REPLY} caracteres`,
  offence: 'too_long',
};

/** Kinds whose values are an item's own; the rest belongs to the shop. */
const BOUND: ReadonlySet<FactKind> = new Set<FactKind>([
  'money',
  'instalment',
  'percent',
  'date',
  'month',
  'weekday',
  'time',
  'quantity',
  'number',
  'link',
]);

/** Judges replies by what the model was shown for them. */
export class FactLock {
  readonly #items: Items;
  readonly #support = new Map<string, Support[]>();
  readonly #today: Today;

  /** @param reader - Kept from one lock to the next, it saves reading the same passages again. */
  constructor(sources: readonly Source[], today: Today, reader = new FactReader()) {
    this.#today = today;
    const examined = reader.read(sources, today);
    this.#items = reader.itemsOf(examined);
    for (const source of examined) this.#index(source);
  }

  /** Every fact of the reply, in its order, each with its source or its offence. */
  check(reply: string): readonly Finding[] {
    if (reply.length > LONGEST_REPLY) return [TOO_LONG];
    const examined = withoutEchoes(findFacts(reply, this.#today));
    const bound = this.#items.ofReply(examined);
    const sums = [...sumsIn(examined), ...workedSums(examined)];
    return examined.facts.map((fact, index) => {
      const { kind, value, text } = fact;
      return { kind, value, text, ...this.#judge(examined, index, { item: bound[index], sums }) };
    });
  }

  #judge(
    { facts, folded }: ExaminedText,
    index: number,
    { item, sums }: { readonly item: ItemId | undefined; readonly sums: readonly Sum[] },
  ): Judgement {
    const fact = facts[index];
    if (fact === undefined) return {};
    if (fact.valid === false) return { offence: 'broken_code' };
    const support = this.#supportFor(fact);
    const vouched = support.filter(({ source }) => source.source.kind !== 'customer');
    const inSum = judgeSum(fact, index, sums);
    if (inSum !== undefined) return inSum;
    const isTerm = sums.some(({ operands, isRight }) => isRight && operands.includes(index));
    if (vouched.length > 0) return this.#judgeItem(fact, vouched, isTerm ? undefined : item);
    if (support.length === 0) return { offence: 'not_found' };
    const said = support.map((one) => ({ fact: one.fact, folded: one.source.folded }));
    const mayRepeat = isCustomersToRepeat({ fact, folded }, said);
    return mayRepeat ? { source: 'customer' } : { offence: 'customers_word' };
  }

  #judgeItem(fact: Fact, vouched: readonly Support[], named: ItemId | undefined): Judgement {
    const fitting = vouched.find(
      ({ items }) => named === undefined || items.length === 0 || items.includes(named),
    );
    if (fitting !== undefined || !BOUND.has(fact.kind)) {
      return { source: (fitting ?? vouched[0])?.source.source.id ?? '' };
    }
    return { offence: 'other_item' };
  }

  #supportFor(fact: Fact): readonly Support[] {
    const keys = fact.unit === 'relative' ? this.#relativeKeys(fact) : keysOf(fact);
    const found = keys.flatMap((key) => this.#support.get(key) ?? []);
    return found.filter((support) => agrees(fact, support.fact, this.#today));
  }

  /** `amanhã` stands there where its date does, or its weekday. */
  #relativeKeys(fact: Fact): readonly string[] {
    const [month = 1, day = 1] = fact.value.split('-').map(Number);
    return [`date:${fact.value}`, `weekday:${weekdayOf(fact.year ?? 0, month, day)}`];
  }

  #index(source: ExaminedSource): void {
    const bound = this.#items.ofSource(source);
    for (const [index, fact] of source.facts.entries()) {
      const support = { source, fact, items: bound[index] ?? [] };
      for (const key of [...supportOf(fact), ...weekdayKeys(fact)]) {
        const known = this.#support.get(key);
        if (known === undefined) this.#support.set(key, [support]);
        else known.push(support);
      }
    }
  }
}

/** The text without amounts that only say again what stands before: `R$ 80,00 (oitenta reais)` is one. */
function withoutEchoes({ folded, facts }: ExaminedText): ExaminedText {
  const amounts = facts.filter(({ kind }) => kind === 'money');
  const echoes = amounts.filter((fact, index) => isEcho(folded, amounts[index - 1], fact));
  if (echoes.length === 0) return { folded, facts };
  const text = echoes.reduce((rest, { start, end }) => {
    const blank = ' '.repeat(end - start + 2);
    return `${rest.slice(0, start - 1)}${blank}${rest.slice(end + 1)}`;
  }, folded);
  return { folded: text, facts: facts.filter((fact) => !echoes.includes(fact)) };
}

function isEcho(folded: string, before: Fact | undefined, { value, start, end }: Fact): boolean {
  if (before?.value !== value || folded.charAt(end) !== ')') return false;
  return /^[ *_]{0,2}\($/u.test(folded.slice(before.end, start));
}

const FACTORS: ReadonlySet<FactKind> = new Set<FactKind>(['quantity', 'number', 'instalment']);

/** What a sum says of a fact in it: its result must come out, and its factors need no other source. */
function judgeSum(fact: Fact, index: number, sums: readonly Sum[]): Judgement | undefined {
  const ending = sums.filter(({ result }) => result === index);
  if (ending.some(({ isRight }) => isRight)) return { source: 'sum' };
  if (ending.length > 0) return { offence: 'wrong_sum' };
  const isFactor =
    FACTORS.has(fact.kind) &&
    sums.some(({ operands, isRight }) => isRight && operands.includes(index));
  return isFactor ? { source: 'sum' } : undefined;
}

function weekdayKeys({ kind, value, year, unit }: Fact): readonly string[] {
  if (kind !== 'date' || year === undefined || unit !== undefined) return [];
  const [month = 1, day = 1] = value.split('-').map(Number);
  return [`weekday:${weekdayOf(year, month, day)}`];
}
