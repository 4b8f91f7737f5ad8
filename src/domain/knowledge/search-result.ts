import { type ScoredPassage } from './passage.ts';
import { type QueryWord } from './query.ts';

/** What a search found, and why: how each word of the query was read. */
export interface SearchResult {
  /** Best first; none that shares nothing with the query. */
  readonly passages: readonly ScoredPassage[];
  /** The words that were looked for, in the query's order; the others tell no text from another. */
  readonly words: readonly QueryWord[];
  /** Whether the model is shown the whole corpus, whatever is asked. */
  readonly whole: boolean;
  /** Which state of the corpus it is. */
  readonly version: string;
}
