import { type ContactReference, type TakenConversation } from '../outbound/takeovers.ts';

/** Lets the agent answer a contact again, from the next message on. */
export interface ResumeConversation {
  /** @returns `undefined` when nobody is known by the reference. */
  execute(contact: ContactReference): Promise<TakenConversation | undefined>;
}
