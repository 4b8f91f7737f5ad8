import { type ContactId } from '../../src/domain/contact.ts';
import { REPLY_HELD, replyFailed } from '../../src/domain/dead-letter.ts';
import { type OutboxId } from '../../src/domain/delivery.ts';
import { type InMemoryEchoes } from './in-memory-echoes.ts';
import { type InMemoryState, type OutboxRecord } from './in-memory-state.ts';

/** Begins and ends the in-memory outbox's replies. */
export class InMemoryDeliveryLedger {
  readonly #state: InMemoryState;
  readonly #echoes: InMemoryEchoes;

  constructor(state: InMemoryState, echoes: InMemoryEchoes) {
    this.#state = state;
    this.#echoes = echoes;
  }

  /** Leaves the parts due, and the whole in the history. */
  write(
    contactId: ContactId,
    parts: readonly string[],
    author: 'agent' | 'person',
    approved?: true,
  ): OutboxId[] {
    const { now } = this.#state;
    const text = parts.join('\n');
    const approval = approved === undefined ? {} : { approved };
    const entry = { author, kind: 'text' as const, text, at: now, ...approval };
    const said = this.#state.say(contactId, entry);
    return parts.map((body) => {
      const id = this.#state.nextReplyId();
      const counts = { attempt: 0, resends: 0, startedAt: 0 };
      const times = { createdAt: now, triedSince: now, dueAt: now };
      const row = { id, contactId, body, author, said, ...counts, ...times };
      this.#state.outbox.push({ ...row, state: 'pending' });
      return id;
    });
  }

  markSent(row: OutboxRecord, how: 'response' | 'echo', gatewayId: string | undefined): void {
    Object.assign(row, { state: 'sent', how, endedAt: this.#state.now, lastError: undefined });
    this.#state.sendCounts[how] += 1;
    row.gatewayId = gatewayId;
    this.#state.pause = undefined;
  }

  giveUp(row: OutboxRecord, state: 'failed' | 'held', reason: string): void {
    Object.assign(row, { state, endedAt: this.#state.now, lastError: reason });
    this.#state.sendCounts[state] += 1;
    const flags = {
      failed: replyFailed(reason),
      held: REPLY_HELD,
    };
    this.#state.flag(row.contactId, flags[state]);
  }

  /** What the gateway says itself is the better knowledge of the id; both are kept. */
  keepId(row: OutboxRecord, gatewayId: string): void {
    if (row.gatewayId === gatewayId) {
      if (row.how === 'echo') row.how = 'response';
    } else if (row.how === 'echo') {
      Object.assign(row, { how: 'response', gatewayId });
      this.#echoes.countIfDuplicate(row);
    } else if (!this.#state.echoes.has(gatewayId)) {
      this.#state.echoes.set(gatewayId, { claimedBy: row.id, seenAt: this.#state.now });
      this.#echoes.countIfDuplicate(row);
    }
  }

  cancel(rows: readonly OutboxRecord[]): void {
    for (const row of rows) {
      Object.assign(row, { state: 'cancelled', endedAt: this.#state.now });
      this.#unsay(row);
    }
  }

  #unsay({ said }: OutboxRecord): void {
    const rest = this.#state.outbox.filter(
      (row) => row.said === said && (row.state !== 'cancelled' || row.resends > 0),
    );
    said.entry = { ...said.entry, text: rest.map(({ body }) => body).join('\n') };
    if (rest.length > 0) return;
    this.#state.history = this.#state.history.filter((record) => record !== said);
  }
}
