import {
  type ErasedCounts,
  type KeptRows,
  type PurgeStep,
  type Retention,
} from '../../src/application/ports/outbound/retention.ts';
import { type RetentionAges } from '../../src/domain/retention.ts';
import { isDead } from './in-memory-dead-letters.ts';
import {
  type InboxRecord,
  type InMemoryState,
  type OutboxRecord,
  type TurnRow,
} from './in-memory-state.ts';

/** Purges in one step. */
export class InMemoryRetention implements Retention {
  readonly #state: InMemoryState;

  constructor(state: InMemoryState) {
    this.#state = state;
  }

  purge(ages: RetentionAges): Promise<PurgeStep> {
    const before = this.#sizes();
    this.#eraseRows(ages);
    const after = this.#sizes();
    const kinds = Object.keys(before) as KeptRows[];
    const erased = Object.fromEntries(kinds.map((kind) => [kind, before[kind] - after[kind]]));
    return Promise.resolve({ erased: { ...erased, texts: this.#eraseTexts(ages) } });
  }

  #sizes(): Required<Omit<ErasedCounts, 'texts'>> {
    const { rawBodies, history, echoes, outbox, inbox, turns, embeddings, dedup } = this.#state;
    return {
      rawBodies: rawBodies.length,
      history: history.length,
      echoes: echoes.size,
      replies: outbox.length,
      messages: inbox.length,
      turns: turns.length,
      embeddings: embeddings.size,
      dedupKeys: dedup.size,
    };
  }

  #eraseRows({ rawBodyMs, echoMs, textMs, rowMs, embeddingMs }: RetentionAges): void {
    const state = this.#state;
    const isYoung = (at: number, ageMs: number): boolean => at > state.now - ageMs;
    state.rawBodies = state.rawBodies.filter(({ receivedAt }) => isYoung(receivedAt, rawBodyMs));
    state.history = state.history.filter(
      (record) =>
        isYoung(record.entry.at, textMs) ||
        state.outbox.some((row) => row.said === record && !isSpent(row)),
    );
    for (const [id, { seenAt }] of state.echoes) {
      if (!isYoung(seenAt, echoMs)) state.echoes.delete(id);
    }
    state.outbox = state.outbox.filter(
      (row) => isYoung(row.endedAt ?? row.createdAt, rowMs) || !isSpent(row) || this.#hasEcho(row),
    );
    state.inbox = state.inbox.filter((row) => isYoung(row.receivedAt, rowMs) || !this.#isDone(row));
    state.turns = state.turns.filter(
      (row) => isYoung(row.endedAt, rowMs) || this.#hasReply(row) || isDead(row),
    );
    for (const [key, { usedAt }] of state.embeddings) {
      if (!isYoung(usedAt, embeddingMs)) state.embeddings.delete(key);
    }
    for (const [key, expiresAt] of state.dedup) {
      if (expiresAt <= state.now) state.dedup.delete(key);
    }
  }

  #eraseTexts({ textMs }: RetentionAges): number {
    const state = this.#state;
    const oldAt = state.now - textMs;
    let texts = 0;
    state.outbox = state.outbox.map((row) => {
      if (row.createdAt > oldAt || !isSpent(row) || row.body === '') return row;
      texts += 1;
      return { ...row, body: '' };
    });
    state.inbox = state.inbox.map((row) => {
      if (row.receivedAt > oldAt || !this.#isDone(row) || row.text === '') return row;
      texts += 1;
      return { ...row, text: '' };
    });
    return texts;
  }

  #isDone({ state, turnId }: InboxRecord): boolean {
    const isUnanswered = this.#state.turns.some((turn) => turn.id === turnId && isDead(turn));
    return state !== 'pending' && state !== 'held' && !isUnanswered;
  }

  #hasEcho({ id }: OutboxRecord): boolean {
    return [...this.#state.echoes.values()].some(({ claimedBy }) => claimedBy === id);
  }

  #hasReply({ contactId, endedAt }: TurnRow): boolean {
    return this.#state.outbox.some(
      (row) => row.contactId === contactId && row.createdAt === endedAt && row.author === 'agent',
    );
  }
}

function isSpent({ state, dismissedAt }: OutboxRecord): boolean {
  const isGivenUp = state === 'failed' || state === 'held';
  return state === 'sent' || state === 'cancelled' || (isGivenUp && dismissedAt !== undefined);
}
