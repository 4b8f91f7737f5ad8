import { type Passage } from '../../../domain/knowledge/passage.ts';
import { type VectorTable } from '../../../domain/knowledge/vector-table.ts';
import { type EmbeddingErrorKind } from './embedder.ts';

/** What a query found by meaning. */
export interface SimilarPassages {
  /** Best first. */
  readonly nearest: readonly Passage[];
  /** Whether the passage was compared at all. */
  readonly isKnown: (passage: Passage) => boolean;
}

/** Finds passages by what they mean instead of by their words. */
export interface PassageSimilarity {
  /** What is searched now. */
  readonly served: VectorTable;
  /** Why the last query found nothing by meaning, where that was a failure. */
  readonly failure: EmbeddingErrorKind | undefined;

  /** Searches these vectors from now on. */
  serve(table: VectorTable): void;

  /**
   * Waits 2 s at most, and not at all for a while after a failure.
   *
   * @returns `undefined` when there is nothing to search or it failed; never rejects.
   */
  find(query: string, limit: number): Promise<SimilarPassages | undefined>;
}
