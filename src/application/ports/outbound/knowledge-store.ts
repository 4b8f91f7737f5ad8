import { type DocumentText } from '../../../domain/knowledge/corpus-text.ts';
import { type Said } from '../../../domain/knowledge/earlier.ts';
import {
  type Grounding,
  type Passage,
  type SkippedFile,
} from '../../../domain/knowledge/passage.ts';
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
  /** Whether the files say something else than what is served, because the gate did not admit it. */
  readonly refused?: true;
}

/** A state of the corpus that questions can be asked of, served or not. */
export interface AskedCorpus {
  /** By exact and near words alone, so that every process and every machine finds the same. */
  best(query: string): Promise<readonly Passage[]>;

  /** All passages, where the model is given all of them for every question; otherwise none. */
  shownAlways(): readonly Passage[];

  /** The text of a document; `undefined` where there is none of that path. */
  textOf(document: string): string | undefined;
}

/** What the files say now, before it is served. */
export interface KnowledgeTrial {
  readonly candidate: AskedCorpus;
  /** What is served; absent before the first load. */
  readonly served?: AskedCorpus;
  /** The files of golden questions, in path order. */
  readonly questions: readonly DocumentText[];
}

/** Whether the candidate may be served. Where it is what is served already, the answer changes nothing. */
export type KnowledgeGate = (trial: KnowledgeTrial) => Promise<boolean>;

/** What helps to understand a query. */
export interface QueryContext {
  /** What was said before it, oldest first; counts less than the query's own words. */
  readonly said?: readonly Said[];
  /** The query in other words; looked for as well. */
  readonly rewording?: string;
}

/** All that is served, document by document. */
export interface ServedContent {
  readonly version: string;
  /** In path order. */
  readonly documents: readonly DocumentText[];
  readonly passages: Iterable<Passage>;
  /** Whether the model is shown all of them, whatever is asked. */
  readonly whole: boolean;
}

/** Serves the owner's texts. */
export interface KnowledgeStore {
  /** What is served now. */
  current(): KnowledgeSnapshot;

  /** The same, piece by piece. */
  content(): ServedContent;

  /**
   * Looks at the files and serves what has changed; the new snapshot replaces the old one at once.
   * A file that is being written is left for the next call.
   *
   * @param how - `changed`: reads only files whose size or time changed; `all`: reads every file again.
   * @param gate - Asked whenever documents or questions are not what it was asked about last; without
   * one everything is served.
   * @returns Never rejects: what went wrong is in the report.
   */
  reload(how: 'changed' | 'all', gate?: KnowledgeGate): Promise<ReloadReport>;

  /** The whole corpus when it fits the model's budget, otherwise the passages that fit the query best. */
  find(query: string, context?: QueryContext): Promise<Grounding>;

  /**
   * The passages that fit the query best, whether or not all fit the budget, and how the query was read.
   *
   * @param limit - How many passages at most.
   */
  search(query: string, limit: number): Promise<SearchResult>;
}
