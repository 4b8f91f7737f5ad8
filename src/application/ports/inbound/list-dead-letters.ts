import { type DeadLetter } from '../../../domain/dead-letter.ts';
import { type DeadLetterPage } from '../outbound/dead-letters.ts';

/** A part of the list, and how long the whole is. */
export interface DeadLetterListing {
  readonly total: number;
  /** The newest first. */
  readonly letters: readonly DeadLetter[];
  /** Whether there are more behind the last one. */
  readonly hasMore: boolean;
}

/** The turns and replies that were given up and that nobody has decided about. */
export interface ListDeadLetters {
  execute(page: DeadLetterPage): Promise<DeadLetterListing>;
}
