import { type ContactId, type Identity } from '../../../domain/contact.ts';
import { type Pause } from '../../../domain/takeover.ts';

/** A contact by the store's own number, or by an address. */
export type ContactReference = ContactId | Identity;

/** A contact and whether the agent is silent for it. */
export interface TakenConversation {
  readonly contactId: ContactId;
  /** Absent: the agent answers. */
  readonly pause?: Pause;
}

/**
 * Lets a person take a conversation over on purpose. That one wrote from the phone is seen by
 * {@link Inbox.add}, with the same consequences.
 */
export interface Takeovers {
  /**
   * Pauses the agent for the contact, in place of any pause that held.
   *
   * Afterwards its unsent replies are cancelled and out of the history, its waiting messages count
   * as answered by the person, and a turn that is being answered is lost.
   *
   * @param forMs - How long; absent: until it is ended.
   * @returns `undefined` when nobody is known by the reference.
   */
  pause(contact: ContactReference, forMs?: number): Promise<TakenConversation | undefined>;

  /**
   * Ends a pause, if there is one: the agent answers what comes next. What a person typed before, also
   * while a send was under way, begins no other.
   *
   * @returns `undefined` when nobody is known by the reference.
   */
  resume(contact: ContactReference): Promise<TakenConversation | undefined>;
}
