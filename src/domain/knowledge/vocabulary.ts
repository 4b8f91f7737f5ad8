import { editDistance } from './edit-distance.ts';
import { type ReadWord } from './terms.ts';

/** A word of the corpus that may be meant by a word that is not in it. */
export interface Spelling {
  readonly word: string;
  readonly term: string;
  /** 1 for the likeliest, less for the others. */
  readonly weight: number;
}

interface KnownWord {
  readonly term: string;
  count: number;
  /** One bit for each letter that it holds. */
  readonly letters: number;
}

interface SimilarWord {
  readonly word: string;
  readonly term: string;
  /** Lower is likelier. */
  readonly cost: number;
}

/** How many readings of one unknown word are looked up. */
const SPELLINGS = 3;

const SHORTEST_TYPED = 4;
const SHORTEST_MEANT = 3;
/** From this length on two mistakes are forgiven, below it one. */
const LONG = 8;

const SHORTEST_VARIANT = 4;
const VARIANT_PREFIX = 4;
const WORD = /^\p{L}+$/u;

/** Which words and terms the passages hold, and in how many of them a term stands. */
export class Vocabulary {
  private readonly terms = new Map<string, number>();
  private readonly words = new Map<number, Map<string, KnownWord>>();
  private readonly families = new Map<string, Set<string>>();
  private simple = false;
  private passageCount = 0;
  private termCount = 0;

  get passages(): number {
    return this.passageCount;
  }

  /** Whether it has forgotten how words are spelled. */
  get isSimplified(): boolean {
    return this.simple;
  }

  /** Mean number of terms of a passage; 1 where there is none. */
  get meanLength(): number {
    return this.passageCount === 0 ? 1 : this.termCount / this.passageCount;
  }

  /** Takes in what one passage holds. */
  add(passage: readonly ReadWord[]): void {
    this.passageCount += 1;
    this.termCount += passage.length;
    for (const term of termsIn(passage)) {
      const count = this.terms.get(term) ?? 0;
      this.terms.set(term, count + 1);
      if (count === 0) this.join(term);
    }
    if (!this.simple) for (const read of passage) this.learn(read);
  }

  /** Takes out what one passage held: the same words with which it was added. */
  remove(passage: readonly ReadWord[]): void {
    this.passageCount -= 1;
    this.termCount -= passage.length;
    for (const term of termsIn(passage)) {
      const count = this.terms.get(term) ?? 0;
      if (count > 1) this.terms.set(term, count - 1);
      else {
        this.terms.delete(term);
        this.families.get(term.slice(0, VARIANT_PREFIX))?.delete(term);
      }
    }
    if (!this.simple) for (const read of passage) this.unlearn(read);
  }

  /** Forgets, for good, how words are spelled and which are alike: of a huge corpus they cost too much. */
  simplify(): void {
    this.simple = true;
    this.words.clear();
    this.families.clear();
  }

  has(term: string): boolean {
    return this.terms.has(term);
  }

  /** In how many passages a term stands. */
  frequency(term: string): number {
    return this.terms.get(term) ?? 0;
  }

  /** How much a term tells, as BM25 has it: 0 for one that no passage holds. */
  rarity(term: string): number {
    const count = this.terms.get(term);
    if (count === undefined) return 0;
    return rarityOf(count, this.passageCount);
  }

  /** How much a term tells that a single passage holds. */
  get greatestRarity(): number {
    return rarityOf(1, this.passageCount);
  }

  /** The known words that differ from a word by one or two letters, the likeliest first, at most three. */
  spellings(typed: string): readonly Spelling[] {
    if (typed.length < SHORTEST_TYPED || !WORD.test(typed)) return [];
    const found = this.similar(typed, typed.length >= LONG ? 2 : 1).sort((a, b) => a.cost - b.cost);
    const byTerm = new Map<string, SimilarWord>();
    for (const similar of found) {
      if (!byTerm.has(similar.term)) byTerm.set(similar.term, similar);
    }
    const [first, ...others] = [...byTerm.values()].slice(0, SPELLINGS);
    if (first === undefined) return [];
    const least = first.cost;
    return [
      { word: first.word, term: first.term, weight: 1 },
      ...others.map(({ word, term, cost }) => ({ word, term, weight: 0.9 - 0.3 * (cost - least) })),
    ];
  }

  /** The terms that begin as this one does and end a little differently: other forms of the word, mostly. */
  variants(term: string): readonly string[] {
    if (term.length <= SHORTEST_VARIANT) return [];
    const family = this.families.get(term.slice(0, VARIANT_PREFIX)) ?? [];
    return [...family].filter((other) => other !== term && areAlike(term, other));
  }

  private join(term: string): void {
    if (this.simple || term.length < SHORTEST_VARIANT || !WORD.test(term)) return;
    const prefix = term.slice(0, VARIANT_PREFIX);
    const family = this.families.get(prefix);
    if (family === undefined) this.families.set(prefix, new Set([term]));
    else family.add(term);
  }

  private learn({ word, term }: ReadWord): void {
    if (word.length < SHORTEST_MEANT) return;
    const alike = this.words.get(word.length) ?? new Map<string, KnownWord>();
    this.words.set(word.length, alike);
    const known = alike.get(word);
    if (known !== undefined) known.count += 1;
    else if (WORD.test(word)) alike.set(word, { term, count: 1, letters: lettersOf(word) });
  }

  private unlearn({ word }: ReadWord): void {
    const alike = this.words.get(word.length);
    const known = alike?.get(word);
    if (known === undefined) return;
    known.count -= 1;
    if (known.count === 0) alike?.delete(word);
  }

  private similar(typed: string, most: number): SimilarWord[] {
    const letters = lettersOf(typed);
    const found: SimilarWord[] = [];
    for (let length = typed.length - most; length <= typed.length + most; length += 1) {
      for (const [word, known] of this.words.get(length) ?? []) {
        // Each mistake brings in or takes away at most one letter on either side.
        if (bitCount(letters ^ known.letters) > 2 * most) continue;
        const distance = editDistance(typed, word, most);
        if (distance === undefined) continue;
        // People rarely miss the first letter, and mean a frequent word rather than a rare one.
        const cost =
          distance + (word.startsWith(typed.charAt(0)) ? 0 : 0.5) - 0.05 * Math.log(known.count);
        found.push({ word, term: known.term, cost });
      }
    }
    return found;
  }
}

function termsIn(passage: readonly ReadWord[]): ReadonlySet<string> {
  const terms = new Set<string>();
  for (const { term } of passage) terms.add(term);
  return terms;
}

function rarityOf(count: number, passages: number): number {
  return Math.log(1 + (passages - count + 0.5) / (count + 0.5));
}

function areAlike(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (long.length - short.length > 3) return false;
  let shared = 0;
  while (shared < short.length && short[shared] === long[shared]) shared += 1;
  return shared >= Math.max(VARIANT_PREFIX, short.length - 1, 0.66 * long.length);
}

function lettersOf(word: string): number {
  let letters = 0;
  for (const letter of word) letters |= 1 << (letter.charCodeAt(0) & 31);
  return letters;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
