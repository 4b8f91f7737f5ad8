import { type Said } from '../../../domain/knowledge/earlier.ts';
import { type Passage } from '../../../domain/knowledge/passage.ts';
import { type Query, readQuery } from '../../../domain/knowledge/query.ts';
import {
  passageWords,
  type ReadPassage,
  readPassage,
  Relevance,
} from '../../../domain/knowledge/relevance.ts';
import { createSynonyms } from '../../../domain/knowledge/synonyms.ts';
import { type Stem } from '../../../domain/knowledge/terms.ts';
import { Vocabulary } from '../../../domain/knowledge/vocabulary.ts';
import {
  FtsRanking,
  type RankedView,
  type StagedDocuments,
  type StagedPassage,
} from './fts-ranking.ts';

/** What a query found. */
export interface Ranked {
  /** By passage id, best first. */
  readonly scores: ReadonlyMap<string, number>;
  /** What was looked for. */
  readonly query: Query;
}

interface RankingLimits {
  /** How many passages are ranked with everything. */
  readonly detailed?: number;
  /** How many hits are scored beyond. */
  readonly hits?: number;
}

/** What a query is ranked with, beside what is shown. */
export interface RankingContext {
  /** What was said before, oldest first. */
  readonly said?: readonly Said[];
  /** Finds what is not shown yet; `served` has its passages then. */
  readonly view?: RankedView;
}

/** How many of the passages that FTS5 finds are looked at closely, at least. */
const CANDIDATES = 40;

/** So many passages stay analysed: a shop's whole folder, usually. */
const MAX_READ = 1_000;

/** Beyond so many passages, spelling, forms of words and synonyms cost more time and memory than they are worth. */
const DETAILED_PASSAGES = 20_000;

/**
 * So many hits, one for each passage and term, are scored for a query of a huge corpus. Of the best eight passages
 * of 100,000, 99.6 in 100 are still found by the rarest terms.
 */
const MOST_HITS = 40_000;

/**
 * Ranks passages: FTS5 finds those that share a term with the query, the domain's {@link Relevance}
 * puts the best of them in order.
 */
export class PassageRanking {
  private readonly fts = new FtsRanking();
  private readonly vocabulary = new Vocabulary();
  private readonly synonyms;
  private readonly read = new Map<string, { readonly of: Passage; readonly as: ReadPassage }>();

  /** @param limits - For tests. */
  constructor(
    private readonly stem: Stem,
    private readonly limits: RankingLimits = {},
  ) {
    this.synonyms = createSynonyms(stem);
  }

  /** Whether there were ever so many passages that spelling, forms of words and synonyms are left out. */
  get isReduced(): boolean {
    return this.vocabulary.isSimplified;
  }

  /** Takes passages in; no query finds them before they are shown. */
  stage(passages: readonly Passage[]): readonly StagedPassage[] {
    const indexed = passages.map((passage) => {
      const words = passageWords(passage, this.stem);
      this.vocabulary.add(words);
      return { id: passage.id, terms: words.map(({ term }) => term) };
    });
    const { detailed = DETAILED_PASSAGES } = this.limits;
    if (this.vocabulary.passages > detailed && !this.isReduced) this.vocabulary.simplify();
    return this.fts.stage(indexed);
  }

  /** Afterwards queries find exactly these passages of each document named; nothing is written. */
  show(documents: StagedDocuments): void {
    this.fts.show(documents);
  }

  /** What queries would find if these documents were shown. */
  viewOf(documents: StagedDocuments): RankedView {
    return this.fts.viewOf(documents);
  }

  /** Gives up passages that were taken in and will never be shown; they are forgotten as those that were. */
  discard(documents: StagedDocuments): void {
    this.fts.discard(documents);
  }

  /** Forgets passages that are shown no more. */
  forget(passages: readonly Passage[]): void {
    for (const passage of passages) {
      this.vocabulary.remove(passageWords(passage, this.stem));
      if (this.read.get(passage.id)?.of === passage) this.read.delete(passage.id);
    }
    this.fts.sweep(passages.length);
  }

  /** @param served - The passages that are shown, by id. */
  rank(
    text: string,
    served: ReadonlyMap<string, { readonly passage: Passage }>,
    limit: number,
    { said = [], view }: RankingContext = {},
  ): Ranked {
    const { stem, vocabulary, synonyms } = this;
    const query = readQuery(text, { stem, vocabulary, synonyms }, said);
    const relevance = new Relevance(query, vocabulary);
    const scored: (readonly [string, number])[] = [];
    for (const id of this.candidates(query, Math.max(limit, CANDIDATES), view)) {
      const passage = served.get(id)?.passage;
      if (passage !== undefined) scored.push([id, relevance.of(this.readOnce(passage))]);
    }
    scored.sort(([, one], [, other]) => other - one);
    return { scores: new Map(scored.slice(0, limit)), query };
  }

  // FTS5 knows no weights: what is only near must not push out what was meant.
  private candidates(
    { words, earlier }: Query,
    limit: number,
    view: RankedView | undefined,
  ): ReadonlySet<string> {
    const meant = words.flatMap((word) => word.meant.map(({ term }) => term));
    const near = words.flatMap((word) => word.near.map(({ term }) => term));
    const before = earlier.terms.map(({ term }) => term);
    const found = (terms: readonly string[]): Iterable<string> =>
      this.fts.rank(this.affordable(terms), limit, view).keys();
    return new Set([
      ...found(meant),
      ...(near.length === 0 ? [] : found([...meant, ...near])),
      ...(before.length === 0 ? [] : found([...meant, ...near, ...before])),
    ]);
  }

  /** Of a huge corpus, the rarest of the terms: common ones cost most and tell least. */
  private affordable(terms: readonly string[]): readonly string[] {
    if (!this.isReduced) return terms;
    const rarestFirst = terms.toSorted(
      (one, other) => this.vocabulary.frequency(one) - this.vocabulary.frequency(other),
    );
    const { hits: most = MOST_HITS } = this.limits;
    let hits = 0;
    const tooMany = rarestFirst.findIndex((term, index) => {
      hits += this.vocabulary.frequency(term);
      return index > 0 && hits > most;
    });
    return tooMany === -1 ? rarestFirst : rarestFirst.slice(0, tooMany);
  }

  private readOnce(passage: Passage): ReadPassage {
    const kept = this.read.get(passage.id);
    if (kept?.of === passage) return kept.as;
    const as = readPassage(passage, this.stem);
    if (this.read.size >= MAX_READ) this.read.clear();
    this.read.set(passage.id, { of: passage, as });
    return as;
  }
}
