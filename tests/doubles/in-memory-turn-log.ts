import { type TurnLog, type TurnLogPage } from '../../src/application/ports/outbound/turn-log.ts';
import { type AskedQuestion } from '../../src/domain/knowledge/health/unanswered.ts';
import { type FoundPassages } from '../../src/domain/knowledge/health/unused-documents.ts';
import { turnAsText } from '../../src/domain/turn.ts';
import { type InMemoryState, type TurnRow } from './in-memory-state.ts';

/** Reads the in-memory stores' turns. */
export class InMemoryTurnLog implements TurnLog {
  readonly #state: InMemoryState;

  constructor(state: InMemoryState) {
    this.#state = state;
  }

  unanswered(page: TurnLogPage): Promise<readonly AskedQuestion[]> {
    const asked = this.#newest(page, ({ record }) => record.unanswered === true);
    return Promise.resolve(
      asked.flatMap(({ id, contactId }) => {
        const messages = this.#state.inbox.filter(
          ({ turnId, text }) => turnId === id && text !== '',
        );
        const { name } = this.#state.contact(contactId);
        if (messages.length === 0) return [];
        return [{ text: turnAsText(messages), ...(name === undefined ? {} : { name }) }];
      }),
    );
  }

  found(page: TurnLogPage): Promise<readonly FoundPassages[]> {
    const turns = this.#newest(page, ({ record }) => record.passages !== undefined);
    return Promise.resolve(turns.map(({ record }) => record.passages ?? []));
  }

  #newest({ withinMs, limit }: TurnLogPage, isMeant: (row: TurnRow) => boolean): TurnRow[] {
    const since = this.#state.now - withinMs;
    const meant = this.#state.turns.filter((row) => row.endedAt > since && isMeant(row));
    return meant.sort((a, b) => b.endedAt - a.endedAt || b.id - a.id).slice(0, limit);
  }
}
