import { type ContactId } from './contact.ts';

/** Names a dead letter: the store's own number of a turn or of a reply. */
export interface DeadLetterReference {
  readonly kind: 'turn' | 'reply';
  readonly id: number;
}

/** Where a dead letter stands in the list of all: the newest first. */
export interface DeadLetterPosition extends DeadLetterReference {
  /** Since when it is given up, store time in ms. */
  readonly since: number;
}

/**
 * What was given up and nobody has decided about: a turn that ended with the apology, a reply that
 * failed, or one that is held since nobody knows whether it arrived.
 */
export interface DeadLetter extends DeadLetterPosition {
  readonly state: 'failed' | 'held';
  readonly contactId: ContactId;
  /** The phone digits as received, else the lid with its server. */
  readonly number: string;
  /** What the customer wrote and was not answered, or what has not left, or perhaps. */
  readonly text: string;
  /** What the model or the gateway said last, in its own words. */
  readonly error?: string;
}

/** Why a contact is flagged whose turn was given up. */
export const TURN_FAILED = 'a IA não conseguiu responder';

/** Why a contact is flagged whose reply is held. */
export const REPLY_HELD = 'não se sabe se a resposta chegou: confira na conversa';

const REPLY_FAILED = 'resposta não entregue';

/** Why a contact is flagged whose reply was given up. */
export function replyFailed(error: string): string {
  return `${REPLY_FAILED}: ${error}`;
}

/** Whether a contact is flagged for a dead letter, and for nothing else. */
export function tellsOfDeadLetter(flag: string): boolean {
  return flag === TURN_FAILED || flag === REPLY_HELD || flag.startsWith(`${REPLY_FAILED}: `);
}

/** Why it was given up, in words for the owner. */
export function reasonOf({ kind, state }: Pick<DeadLetter, 'kind' | 'state'>): string {
  if (kind === 'turn') return TURN_FAILED;
  return state === 'held' ? REPLY_HELD : REPLY_FAILED;
}
