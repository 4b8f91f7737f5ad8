import { type Grounding, type SkippedFile } from '../../../domain/knowledge/passage.ts';
import { type SearchResult } from '../../../domain/knowledge/search-result.ts';

/** One state of the corpus, as a whole. */
export interface KnowledgeSnapshot {
  /** Hash of the content: equal in all processes that read the same files, empty before the first load. */
  readonly version: string;
  /** The served corpus as one text, documents in path order, each under its `=== path ===` line. */
  readonly text: string;
  readonly documents: number;
  readonly passages: number;
  readonly skipped: readonly SkippedFile[];
  /** Whether there are so many passages that only the exact words of a query are looked for. */
  readonly exactWordsOnly: boolean;
  /** Who the agent is and how it speaks: the owner's persona file, or the built-in one. */
  readonly persona: string;
}

/** What a reload found. */
export interface ReloadReport {
  readonly snapshot: KnowledgeSnapshot;
  /** Whether another version is served now than before. */
  readonly changed: boolean;
  /** Why nothing new is served although it was tried: the old snapshot stays. */
  readonly failure?: string;
}

/** Serves the owner's texts. */
export interface KnowledgeStore {
  /** What is served now. */
  current(): KnowledgeSnapshot;

  /**
   * Looks at the files and serves what has changed; the new snapshot replaces the old one at once.
   * A file that is being written is left for the next call.
   *
   * @param how - `changed`: reads only files whose size or time changed; `all`: reads every file again.
   * @returns Never rejects: what went wrong is in the report.
   */
  reload(how: 'changed' | 'all'): Promise<ReloadReport>;

  /** The whole corpus when it fits the model's budget, otherwise the passages that fit the query best. */
  find(query: string): Promise<Grounding>;

  /**
   * The passages that fit the query best, whether or not all fit the budget, and how the query was read.
   *
   * @param limit - How many passages at most.
   */
  search(query: string, limit: number): Promise<SearchResult>;
}
