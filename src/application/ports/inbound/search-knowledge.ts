import { type ScoredPassage } from '../../../domain/knowledge/passage.ts';
import { type SearchResult } from '../../../domain/knowledge/search-result.ts';

/** A passage with the piece of it that fits the query best, in one line. */
export interface FoundPassage extends ScoredPassage {
  readonly excerpt: string;
}

/** What was found, and why. */
export interface FoundKnowledge extends SearchResult {
  readonly passages: readonly FoundPassage[];
}

/** Shows what a question finds, and how it was read. */
export interface SearchKnowledge {
  /** @param limit - How many passages at most, from 1. */
  execute(query: string, limit: number): Promise<FoundKnowledge>;
}
