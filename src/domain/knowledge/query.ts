import { type Earlier, isElliptic, readEarlier, type Said } from './earlier.ts';
import { type Synonyms } from './synonyms.ts';
import { plainWords, queryWords, type ReadWord, type Stem } from './terms.ts';
import { type Vocabulary } from './vocabulary.ts';

/**
 * Why a term is looked for.
 * - `typed`: it was typed, and the corpus has it; `unknown`: it was typed, and the corpus has nothing like it.
 * - `spelling`: a typed word that the corpus does not have may mean it.
 * - `variant`, `synonym`: it is near to what is meant.
 */
export type TermOrigin = 'typed' | 'unknown' | 'spelling' | 'variant' | 'synonym';

/** A term that is looked for, and how much it counts, from above 0 to 1. */
export interface SoughtTerm {
  readonly term: string;
  /** In letters, for a reader: the word of the corpus, or the term where only that is known. */
  readonly word: string;
  readonly weight: number;
  readonly origin: TermOrigin;
}

/** One word of a query, and all that is looked for in its place. */
export interface QueryWord {
  /** As it was typed, folded. */
  readonly word: string;
  /** The word itself, or what it is taken for. */
  readonly meant: readonly SoughtTerm[];
  /** What is near to it and counts less. */
  readonly near: readonly SoughtTerm[];
}

/** A query as the ranking reads it. */
export interface Query {
  readonly words: readonly QueryWord[];
  /** Each two neighbouring words, small ones too, as `um curso`. */
  readonly pairs: readonly string[];
  /** What it leans on. */
  readonly earlier: Earlier;
}

/** What a query is read with. */
export interface QueryReading {
  readonly stem: Stem;
  readonly vocabulary: Vocabulary;
  readonly synonyms: Synonyms;
}

/** One dev question in sixteen scores lower; among those of a shop or an office, every second or third finds no answer. */
const POOR_SCORE = 0.3;

const VARIANT_WEIGHT = 0.3;
const SYNONYM_WEIGHT = 0.2;

// More of them tell nothing that the first do not.
const MAX_PAIRS = 64;
const MAX_PAIRED = 1000;

/**
 * Reads a query for one state of the corpus.
 *
 * @param said - What was said before, oldest first.
 */
export function readQuery(query: string, reading: QueryReading, said: readonly Said[] = []): Query {
  const words = queryWords(query, reading.stem).map((read) => queryWord(read, reading));
  const own = words.map(({ meant }) => meant);
  const earlier = readEarlier({ text: query, own, said }, reading);
  return { words, pairs: pairsOf(query), earlier };
}

/** Whether a query cannot be understood by itself, or finds nothing that fits well. */
export function isUnclear({ words, earlier }: Query, bestScore: number): boolean {
  return isElliptic(earlier) || (words.length > 0 && bestScore < POOR_SCORE);
}

function queryWord({ word, term }: ReadWord, { vocabulary, synonyms }: QueryReading): QueryWord {
  const meant = meantBy({ word, term }, vocabulary);
  if (vocabulary.isSimplified) return { word, meant, near: [] };
  const near = new Map<string, SoughtTerm>();
  for (const source of meant) {
    const seek = (other: ReadWord, weight: number, origin: TermOrigin): void => {
      if (!vocabulary.has(other.term) || near.has(other.term)) return;
      const capped = weight * source.weight * restraint(source.term, other.term, vocabulary);
      near.set(other.term, { ...other, weight: capped, origin });
    };
    for (const other of vocabulary.variants(source.term)) {
      seek({ word: other, term: other }, VARIANT_WEIGHT, 'variant');
    }
    for (const other of synonyms.get(source.term) ?? []) seek(other, SYNONYM_WEIGHT, 'synonym');
  }
  return { word, meant, near: [...near.values()] };
}

function meantBy({ word, term }: ReadWord, vocabulary: Vocabulary): readonly SoughtTerm[] {
  if (vocabulary.has(term)) return [{ term, word, weight: 1, origin: 'typed' }];
  const spellings = vocabulary.spellings(word);
  if (spellings.length === 0) return [{ term, word, weight: 1, origin: 'unknown' }];
  return spellings.map((spelling) => ({ ...spelling, origin: 'spelling' }));
}

// A rare relative must not count for more than the word itself would.
function restraint(term: string, other: string, vocabulary: Vocabulary): number {
  const own = vocabulary.rarity(term);
  return own === 0 ? 1 : Math.min(1, own / vocabulary.rarity(other));
}

function pairsOf(query: string): readonly string[] {
  const words = plainWords(query.slice(0, MAX_PAIRED)).slice(0, MAX_PAIRS + 1);
  return words.slice(1).map((word, index) => `${words[index] ?? ''} ${word}`);
}
