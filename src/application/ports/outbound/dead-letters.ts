import { type ContactId } from '../../../domain/contact.ts';
import {
  type DeadLetter,
  type DeadLetterPosition,
  type DeadLetterReference,
} from '../../../domain/dead-letter.ts';

/** A part of the list of all dead letters. */
export interface DeadLetterPage {
  readonly limit: number;
  /** The last one of the page before; absent: from the beginning. */
  readonly after?: DeadLetterPosition;
}

/** How many dead letters there are. */
export interface DeadLetterCounts {
  readonly failedTurns: number;
  readonly failedReplies: number;
  readonly heldReplies: number;
}

/**
 * - `retried`: it is to be answered, or sent, anew.
 * - `taken_over`: a person has the conversation, and the agent may say nothing; nothing was changed.
 * - `unknown`: there is no such dead letter, or not any more; nothing was changed.
 */
export type RetryOutcome =
  | { readonly status: 'retried' | 'taken_over'; readonly contactId: ContactId }
  | { readonly status: 'unknown' };

/**
 * Turns and replies that were given up, until a person decides. Where the last one of a contact has
 * been decided about, the contact does not wait for a person any more, if it was flagged for such.
 */
export interface DeadLetters {
  /** The newest first. */
  list(page: DeadLetterPage): Promise<readonly DeadLetter[]>;

  counts(): Promise<DeadLetterCounts>;

  /**
   * Begins anew, once, whoever asks at the same time.
   *
   * Of a turn: its messages wait for an answer again, as if they had not had one, due at once; a turn
   * of the contact that is being answered is lost. Of a reply: it is due again, for as long as a new
   * one, and leaves before the contact's later ones. One that was held counts as sent again without
   * proof: its late echo still settles it, and silence holds it again.
   */
  retry(letter: DeadLetterReference): Promise<RetryOutcome>;

  /**
   * Takes it off the list for good; it is erased with what is as old. A late echo still settles a held one.
   *
   * @returns Whose it was; `undefined` when there is no such dead letter, or not any more.
   */
  dismiss(letter: DeadLetterReference): Promise<ContactId | undefined>;
}
