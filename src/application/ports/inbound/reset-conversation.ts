import { type Jid } from '../../../domain/contact.ts';

/** Forgets what was said with one contact; flags and open replies stay. */
export interface ResetConversation {
  /** @returns Whether the contact is known. */
  execute(contact: Jid): Promise<boolean>;
}
