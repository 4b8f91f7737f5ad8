import { type ContactReference, type TakenConversation } from '../outbound/takeovers.ts';

/** Silences the agent for one contact, since a person looks after it. */
export interface TakeOverConversation {
  /**
   * @param forMs - How long; absent: until it is resumed.
   * @returns `undefined` when nobody is known by the reference.
   */
  execute(contact: ContactReference, forMs?: number): Promise<TakenConversation | undefined>;
}
