import { type Jid, parseJid } from '../../domain/contact.ts';
import { type ResetConversation } from '../ports/inbound/reset-conversation.ts';
import { type ConversationStore } from '../ports/outbound/conversation-store.ts';

export class ResetConversationUseCase implements ResetConversation {
  constructor(private readonly conversations: ConversationStore) {}

  async execute(contact: Jid): Promise<boolean> {
    const isLid = parseJid(contact)?.kind === 'lid';
    return this.conversations.reset(isLid ? { lid: contact } : { phone: contact });
  }
}
