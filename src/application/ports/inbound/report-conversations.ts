import { type ConversationSummary } from '../outbound/conversation-store.ts';

/** The conversations in figures. */
export interface ReportConversations {
  execute(): Promise<readonly ConversationSummary[]>;
}
