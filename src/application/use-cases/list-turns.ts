import { type ListTurns } from '../ports/inbound/list-turns.ts';
import {
  type ConversationStore,
  type EndedTurn,
  type TurnFilter,
} from '../ports/outbound/conversation-store.ts';

export class ListTurnsUseCase implements ListTurns {
  constructor(private readonly conversations: ConversationStore) {}

  async execute(filter: TurnFilter): Promise<readonly EndedTurn[]> {
    return this.conversations.turns(filter);
  }
}
