import { type Earlier } from './earlier.ts';
import { type Passage } from './passage.ts';
import { type Query, type QueryWord } from './query.ts';
import { plainWords, type ReadWord, readWords, type Stem } from './terms.ts';
import { type Vocabulary } from './vocabulary.ts';

/** A passage as the ranking reads it. */
export interface ReadPassage {
  /** All terms; the title's and the section's twice. */
  readonly all: readonly ReadWord[];
  /** Where in {@link all} the text's own terms begin. */
  readonly body: number;
  /** All words with one space around each. */
  readonly plain: string;
}

// BM25's constants: how soon repetition stops counting, and how far long passages are held back.
const SATURATION = 1.6;
const LENGTH_SHARE = 0.95;

/** What all neighbours of the query standing together are worth, where all its terms found are worth 1. */
const NEARNESS = 0.2;
/** Terms that stand further apart are not together, terms. */
const APART = 12;
/** The wrong way round counts as further apart. */
const TURNED = 1.5;
/** What the query standing there word for word is worth besides. */
const LITERAL = 0.05;
/** What all that was said before is worth at most, where all the query's own terms found are worth 1. */
const MOST_EARLIER = 2;

/** The words of a passage as the index counts them: title and section are context that counts twice. */
export function passageWords({ title, section, text }: Passage, stem: Stem): readonly ReadWord[] {
  const head = readWords(`${title}\n${section}`, stem);
  return [...head, ...head, ...readWords(text, stem)];
}

/** Reads a passage for a close look. */
export function readPassage(passage: Passage, stem: Stem): ReadPassage {
  const { title, section, text } = passage;
  const plain = ` ${plainWords(`${title} ${section} ${text}`).join(' ')} `;
  const body = 2 * readWords(`${title}\n${section}`, stem).length;
  return { all: passageWords(passage, stem), body, plain };
}

/** What a term counts for at most. */
interface Gain {
  readonly gain: number;
}

/** A term that is looked for, for one or several words of the query. */
interface Sought {
  gain: number;
  /** The words of the query that it may mean. */
  readonly words: number[];
}

/** How well passages fit one query, the corpus being as the vocabulary has it. */
export class Relevance {
  private readonly words: readonly QueryWord[];
  private readonly sought = new Map<string, Sought>();
  private readonly worth: readonly number[];
  private readonly best: number;
  private readonly meanLength: number;
  private readonly earlier: ReadonlyMap<string, Gain>;

  constructor(
    private readonly query: Query,
    vocabulary: Vocabulary,
  ) {
    this.words = query.words;
    this.meanLength = vocabulary.meanLength;
    this.worth = this.words.map(({ meant }) =>
      Math.max(0.01, ...meant.map(({ term, weight }) => weight * vocabulary.rarity(term))),
    );
    this.best = this.worth.reduce((sum, worth) => sum + worth, 0);
    this.earlier = earlierGains(query.earlier, vocabulary, this.best);
    for (const [index, { meant, near }] of this.words.entries()) {
      for (const sought of [...meant, ...near]) {
        const gain = sought.weight * vocabulary.rarity(sought.term);
        const known = this.sought.get(sought.term) ?? { gain: 0, words: [] };
        known.gain += gain;
        if (meant.includes(sought)) known.words.push(index);
        this.sought.set(sought.term, known);
      }
    }
  }

  /** 0 where nothing fits; 1.25 is about the most that can be by the query's own words. */
  of(passage: ReadPassage): number {
    const { alone } = this.query.earlier;
    const before = this.earlierScore(passage);
    const { counts, places } = this.look(passage);
    if (counts.size === 0) return alone ? before : 0;
    const terms = this.termScore(counts, passage.all.length) / this.best;
    const own = terms + NEARNESS * this.nearness(places) + LITERAL * this.literal(passage);
    return own + (alone ? before : before * Math.min(1, terms));
  }

  /** How often each sought term stands in a passage, and where in its text each word of the query does. */
  private look(passage: ReadPassage): { counts: Map<Sought, number>; places: number[][] } {
    const counts = new Map<Sought, number>();
    const places: number[][] = this.words.map(() => []);
    for (const [at, { term }] of passage.all.entries()) {
      const sought = this.sought.get(term);
      if (sought === undefined) continue;
      counts.set(sought, (counts.get(sought) ?? 0) + 1);
      if (at >= passage.body) for (const word of sought.words) places[word]?.push(at);
    }
    return { counts, places };
  }

  /** How much of what was said before stands here, too. */
  private earlierScore({ all }: ReadPassage): number {
    if (this.earlier.size === 0) return 0;
    const counts = new Map<Gain, number>();
    for (const { term } of all) {
      const earlier = this.earlier.get(term);
      if (earlier !== undefined) counts.set(earlier, (counts.get(earlier) ?? 0) + 1);
    }
    return this.termScore(counts, all.length);
  }

  private termScore(counts: ReadonlyMap<Gain, number>, length: number): number {
    const held = SATURATION * (1 - LENGTH_SHARE + (LENGTH_SHARE * length) / this.meanLength);
    let score = 0;
    for (const [{ gain }, count] of counts) score += (gain * count) / (count + held);
    return score;
  }

  /** From 0 to 1: how closely each two neighbours of the query stand together in the text. */
  private nearness(places: readonly (readonly number[])[]): number {
    let found = 0;
    let most = 0;
    for (let index = 0; index + 1 < places.length; index += 1) {
      const worth = Math.min(this.worth[index] ?? 0, this.worth[index + 1] ?? 0);
      const gap = smallestGap(places[index] ?? [], places[index + 1] ?? []);
      most += worth;
      if (gap < APART) found += worth / Math.sqrt(gap);
    }
    return most === 0 ? 0 : found / most;
  }

  private literal({ plain }: ReadPassage): number {
    const { pairs } = this.query;
    if (pairs.length === 0) return 0;
    return pairs.filter((pair) => plain.includes(` ${pair} `)).length / pairs.length;
  }
}

/** As shares of what the query's own words can bring, and with that at most so much together. */
function earlierGains(
  { terms }: Earlier,
  vocabulary: Vocabulary,
  best: number,
): ReadonlyMap<string, Gain> {
  const gains = terms.map(({ term, weight }) => weight * vocabulary.rarity(term));
  const all = gains.reduce((sum, gain) => sum + gain, 0);
  const whole = best === 0 ? all : Math.max(best, all / MOST_EARLIER);
  return new Map(terms.map(({ term }, index) => [term, { gain: (gains[index] ?? 0) / whole }]));
}

function smallestGap(first: readonly number[], second: readonly number[]): number {
  let smallest = Infinity;
  for (const one of first) {
    for (const other of second) {
      const gap = other > one ? other - one : (one - other) * TURNED;
      if (gap > 0 && gap < smallest) smallest = gap;
    }
  }
  return smallest;
}
