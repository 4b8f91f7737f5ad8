import { plainWords, queryWords, type Stem } from './terms.ts';
import { type Vocabulary } from './vocabulary.ts';

/** One thing that was said before a question. */
export interface Said {
  readonly text: string;
  readonly byCustomer: boolean;
}

/** A term, and how much it counts beside others, from above 0 to 1. */
interface WeightedTerm {
  readonly term: string;
  readonly weight: number;
}

/** What was said before a question, as far as the question leans on it. */
export interface Earlier {
  /** None where the question stands by itself. */
  readonly terms: readonly WeightedTerm[];
  /** Whether they count, too, in a passage that holds none of the question's own words. */
  readonly alone: boolean;
}

/** A question, what is looked for in the place of each of its words, and what was said before it. */
export interface AskedAfter {
  readonly text: string;
  readonly own: readonly (readonly WeightedTerm[])[];
  /** Oldest first. */
  readonly said: readonly Said[];
}

/** What earlier words are read with. */
export interface EarlierReading {
  readonly stem: Stem;
  readonly vocabulary: Vocabulary;
}

/** A question leans on the last two exchanges; what it is about is said again otherwise. */
const EXCHANGES = 2;
const OLDER = 0.5;
/** Our own words repeat the customer's, and say much besides. */
const OURS = 0.4;

/** More terms only blur what the talk is about. */
const MOST_TERMS = 16;

/** So much is looked at of one thing said, in UTF-16 units. */
const LONGEST = 2_000;

/** What an earlier term counts for where the question's own words tell nothing; less, the more they tell. */
const MOST_LEAN = 0.8;
/** A question leans on nothing any more once its words tell so much, where a word of one passage alone tells 1. */
const ENOUGH = { opening: 4, pointing: 2, other: 1.6 } as const;
/** From here on a question is called elliptic. */
const ELLIPTIC = 0.3;

const OPENINGS: ReadonlySet<string> = new Set(['e', 'mas', 'entao', 'ou', 'tambem']);
const POINTERS: ReadonlySet<string> = new Set(
  `ele ela eles elas dele dela deles delas nele nela neles nelas
   isso disso nisso esse essa esses essas desse dessa desses dessas nesse nessa`.split(/\s+/u),
);

const STANDS_ALONE: Earlier = { terms: [], alone: false };

/** What a question leans on: the less its own words tell, the more. */
export function readEarlier(asked: AskedAfter, reading: EarlierReading): Earlier {
  if (asked.said.length === 0) return STANDS_ALONE;
  const told = toldBy(asked.own, reading.vocabulary);
  const kind = kindOf(asked.text);
  const lean = MOST_LEAN * (1 - told / ENOUGH[kind]);
  if (lean <= 0) return STANDS_ALONE;
  const terms = saidTerms(asked, reading);
  return {
    terms: terms.map(({ term, weight }) => ({ term, weight: weight * lean })),
    alone: kind !== 'other' || told === 0,
  };
}

/** Whether a question cannot be understood without what was said before: "e quanto custa?". */
export function isElliptic({ terms }: Earlier): boolean {
  return terms.some(({ weight }) => weight >= ELLIPTIC);
}

/** How a question says itself that it goes on from something: "e o preço?", "quanto custa esse?". */
function kindOf(question: string): keyof typeof ENOUGH {
  const words = plainWords(question.slice(0, LONGEST));
  if (OPENINGS.has(words[0] ?? '')) return 'opening';
  return words.some((word) => POINTERS.has(word)) ? 'pointing' : 'other';
}

function toldBy(own: AskedAfter['own'], vocabulary: Vocabulary): number {
  const told = own.map((meant) =>
    Math.max(0, ...meant.map(({ term, weight }) => weight * vocabulary.rarity(term))),
  );
  return told.reduce((sum, one) => sum + one, 0) / vocabulary.greatestRarity;
}

/** The terms of what was said that tell most; none that is among the question's own. */
function saidTerms(
  { said, own }: AskedAfter,
  { stem, vocabulary }: EarlierReading,
): readonly WeightedTerm[] {
  const asked = new Set(own.flatMap((meant) => meant.map(({ term }) => term)));
  const weights = new Map<string, number>();
  for (const { text, weight } of newestFirst(said)) {
    for (const { term } of queryWords(text.slice(0, LONGEST), stem)) {
      const isNews = vocabulary.has(term) && !asked.has(term);
      if (isNews) weights.set(term, Math.max(weight, weights.get(term) ?? 0));
    }
  }
  return [...weights]
    .map(([term, weight]) => ({ term, weight, tells: weight * vocabulary.rarity(term) }))
    .sort((one, other) => other.tells - one.tells)
    .slice(0, MOST_TERMS);
}

function* newestFirst(
  said: readonly Said[],
): Generator<{ readonly text: string; readonly weight: number }> {
  let exchange = 0;
  let previous: Said | undefined;
  for (const one of said.toReversed()) {
    // Backwards, our words before the customer's end the exchange before.
    if (!one.byCustomer && previous?.byCustomer === true) exchange += 1;
    if (exchange === EXCHANGES) return;
    yield { text: one.text, weight: (one.byCustomer ? 1 : OURS) * OLDER ** exchange };
    previous = one;
  }
}
