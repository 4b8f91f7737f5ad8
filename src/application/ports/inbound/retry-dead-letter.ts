import { type DeadLetterReference } from '../../../domain/dead-letter.ts';
import { type RetryOutcome } from '../outbound/dead-letters.ts';

/** Lets a turn be answered, or a reply be sent, that was given up. */
export interface RetryDeadLetter {
  execute(letter: DeadLetterReference): Promise<RetryOutcome>;
}
