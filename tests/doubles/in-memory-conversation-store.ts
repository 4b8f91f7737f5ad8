import {
  type ConversationStore,
  type ConversationSummary,
  type EndedTurn,
  type TurnFilter,
} from '../../src/application/ports/outbound/conversation-store.ts';
import { type ContactId, type Identity, userOf } from '../../src/domain/contact.ts';
import { type HistoryEntry } from '../../src/domain/conversation.ts';
import { isPaused } from '../../src/domain/takeover.ts';
import { type InMemoryState } from './in-memory-state.ts';

/** The in-memory stores' view of what was said. */
export class InMemoryConversationStore implements ConversationStore {
  readonly #state: InMemoryState;

  constructor(state: InMemoryState) {
    this.#state = state;
  }

  history(contactId: ContactId, limit: number): Promise<readonly HistoryEntry[]> {
    const { id } = this.#state.contact(contactId);
    const entries = this.#state.history
      .filter((record) => record.contactId === id)
      .map(({ entry }) => entry)
      .sort((a, b) => a.at - b.at);
    return Promise.resolve(limit === 0 ? [] : entries.slice(-limit));
  }

  reset(identity: Identity): Promise<boolean> {
    const ids = this.#state.find(identity);
    this.#state.history = this.#state.history.filter(({ contactId }) => !ids.includes(contactId));
    return Promise.resolve(ids.length > 0);
  }

  summaries(): Promise<readonly ConversationSummary[]> {
    const summaries = this.#state.contacts.map(({ id, phone, lid, person, pause }) => ({
      contactId: id,
      number: phone === undefined ? (lid ?? '') : userOf(phone),
      messages: this.#state.history.filter(({ contactId }) => contactId === id).length,
      ...(person === undefined ? {} : { person }),
      ...(isPaused(pause, this.#state.now) ? { pause } : {}),
    }));
    return Promise.resolve(
      summaries.filter(
        (summary) => summary.messages > 0 || 'person' in summary || 'pause' in summary,
      ),
    );
  }

  turns({ limit, contactId, verdict }: TurnFilter): Promise<readonly EndedTurn[]> {
    const turns = this.#state.turns.flatMap(
      ({ id, contactId: of, endedAt, outcome, record }): readonly EndedTurn[] => {
        const isAsked = contactId === undefined || contactId === of;
        if (outcome === 'redone' || !isAsked) return [];
        if (verdict !== undefined && record.verdict !== verdict) return [];
        const { phone, lid } = this.#state.contact(of);
        const number = phone === undefined ? (lid ?? '') : userOf(phone);
        return [{ turnId: id, contactId: of, number, endedAt, outcome, record }];
      },
    );
    return Promise.resolve(turns.reverse().slice(0, limit));
  }

  tokensWithinMs(ms: number): Promise<number> {
    const since = this.#state.now - ms;
    const tokens = this.#state.turns
      .filter(({ endedAt }) => endedAt > since)
      .map(({ record }) => (record.tokensIn ?? 0) + (record.tokensOut ?? 0));
    return Promise.resolve(tokens.reduce((sum, used) => sum + used, 0));
  }
}
