import { type ReportConversations } from '../ports/inbound/report-conversations.ts';
import {
  type ConversationStore,
  type ConversationSummary,
} from '../ports/outbound/conversation-store.ts';

export class ReportConversationsUseCase implements ReportConversations {
  constructor(private readonly conversations: ConversationStore) {}

  async execute(): Promise<readonly ConversationSummary[]> {
    return this.conversations.summaries();
  }
}
