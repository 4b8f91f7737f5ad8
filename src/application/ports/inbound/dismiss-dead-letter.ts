import { type ContactId } from '../../../domain/contact.ts';
import { type DeadLetterReference } from '../../../domain/dead-letter.ts';

/** Takes a turn or reply that was given up off the list: a person has looked after it. */
export interface DismissDeadLetter {
  /** @returns Whose it was; `undefined` when there is no such dead letter, or not any more. */
  execute(letter: DeadLetterReference): Promise<ContactId | undefined>;
}
