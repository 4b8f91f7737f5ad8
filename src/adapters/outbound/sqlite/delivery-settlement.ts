import { type ContactId } from '../../../domain/contact.ts';
import {
  type AfterAttempt,
  BLOCKED_PAUSE_MS,
  type Delivery,
  type DeliveryState,
  type OutboxId,
  type SendOutcome,
  afterAttempt,
  mayStillChange,
} from '../../../domain/delivery.ts';
import { type DeliveryLedger } from './delivery-ledger.ts';
import { type HeldMessages } from './held-messages.ts';
import { type SqliteContext } from './sqlite-context.ts';

interface OutboxRow {
  readonly id: OutboxId;
  readonly contact_id: ContactId;
  readonly state: DeliveryState;
  readonly attempt: number;
  readonly created_at: number;
  readonly started_at: number;
  readonly body: string;
  readonly body_hash: string;
}

/** Ends attempts, inside the caller's transaction. */
export class DeliverySettlement {
  readonly #context: SqliteContext;
  readonly #ledger: DeliveryLedger;
  readonly #held: HeldMessages;

  constructor(context: SqliteContext, ledger: DeliveryLedger, held: HeldMessages) {
    this.#context = context;
    this.#ledger = ledger;
    this.#held = held;
  }

  settle({ id, attempt }: Delivery, outcome: SendOutcome): DeliveryState {
    const row = this.#row(id);
    if (row === undefined) throw new Error(`reply ${id} is not in the outbox`);
    if (row.attempt !== attempt || !mayStillChange(row.state, outcome)) {
      if (outcome.kind === 'sent') this.#keepSecondId(row, outcome.gatewayId);
      return row.state;
    }
    const facts = { attempt, createdAt: row.created_at, startedAt: row.started_at };
    const after = afterAttempt(outcome, facts, this.#context.clock.now());
    this.#move(row, after, 'reason' in outcome ? outcome.reason : '');
    this.#held.decide(row.contact_id);
    // A decision may have cancelled the reply.
    return this.#row(id)?.state ?? after.state;
  }

  #row(id: OutboxId): OutboxRow | undefined {
    return this.#context.db.get(
      `SELECT id, contact_id, state, attempt, created_at, started_at, body, body_hash
       FROM outbox WHERE id = ?`,
      id,
    ) as OutboxRow | undefined;
  }

  #move(row: OutboxRow, after: AfterAttempt, reason: string): void {
    switch (after.state) {
      case 'sent':
        this.#ledger.markSent(row.id, 'response', after.gatewayId);
        break;
      case 'failed':
        this.#ledger.markFailed(row.id, row.contact_id, reason);
        break;
      case 'unknown':
        this.#wait(row.id, 'unknown', after.resolveAfter, reason);
        break;
      case 'pending':
        this.#wait(row.id, 'pending', after.notBefore, reason);
        if (after.blocked) this.#pause(reason);
        break;
    }
  }

  #wait(id: OutboxId, state: 'unknown' | 'pending', dueAt: number, reason: string): void {
    this.#context.db.run(
      'UPDATE outbox SET state = ?, due_at = ?, last_error = ? WHERE id = ?',
      state,
      dueAt,
      reason,
      id,
    );
  }

  #pause(reason: string): void {
    const { db, clock, settings } = this.#context;
    db.run(
      'UPDATE instance SET paused_until = ?, pause_reason = ? WHERE id = ?',
      clock.now() + BLOCKED_PAUSE_MS,
      reason,
      settings.instance,
    );
  }

  /** The reply left twice, or its echo came first under another id: that id's own echo is ours too. */
  #keepSecondId(row: OutboxRow, gatewayId: string): void {
    const { db, clock, settings } = this.#context;
    db.run(
      `INSERT INTO echo (instance, wa_message_id, contact_id, kind, text, body_hash, seen_at, claimed_by, settled_as)
       VALUES (?, ?, ?, 'text', ?, ?, ?, ?, 'sent')
       ON CONFLICT (instance, wa_message_id) DO NOTHING`,
      settings.instance,
      gatewayId,
      row.contact_id,
      row.body,
      row.body_hash,
      clock.now(),
      row.id,
    );
  }
}
