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
import { ATTEMPTED_COLUMNS, type AttemptedRow } from '../sql/reply-rows.ts';
import { type DeliveryLedger } from './delivery-ledger.ts';
import { type EchoBook } from './echo-book.ts';
import { type HeldMessages } from './held-messages.ts';
import { type SendCounts } from './send-counts.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** What a settlement stands on; all of it joins the caller's transaction. */
export interface SettlementParts {
  readonly ledger: DeliveryLedger;
  readonly held: HeldMessages;
  readonly echoes: EchoBook;
  readonly counts: SendCounts;
}

/** Ends attempts, inside the caller's transaction. */
export class DeliverySettlement {
  readonly #context: SqliteContext;
  readonly #parts: SettlementParts;

  constructor(context: SqliteContext, parts: SettlementParts) {
    this.#context = context;
    this.#parts = parts;
  }

  settle({ id, attempt }: Delivery, outcome: SendOutcome): DeliveryState {
    const row = this.#row(id);
    if (row === undefined) throw new Error(`reply ${id} is not in the outbox`);
    if (!mayStillChange(row.state, outcome, row.attempt === attempt)) {
      if (outcome.kind === 'sent') this.#keepId(row, outcome.gatewayId);
      return row.state;
    }
    const facts = { attempt, triedSince: row.tried_since };
    const after = afterAttempt(outcome, facts, this.#context.clock.now());
    this.#move(row, after, 'reason' in outcome ? outcome.reason : '');
    this.#parts.held.decide(row.contact_id);
    // A decision may have cancelled the reply.
    return this.#row(id)?.state ?? after.state;
  }

  #row(id: OutboxId): AttemptedRow | undefined {
    return this.#context.db.get(`SELECT ${ATTEMPTED_COLUMNS} FROM outbox WHERE id = ?`, id) as
      AttemptedRow | undefined;
  }

  #move(row: AttemptedRow, after: AfterAttempt, reason: string): void {
    switch (after.state) {
      case 'sent':
        this.#parts.ledger.markSent(row, 'response', after.gatewayId);
        break;
      case 'failed':
        this.#parts.ledger.markFailed(row, reason);
        break;
      case 'unknown':
        this.#wait(row.id, 'unknown', row.started_at + this.#parts.echoes.windowMs(), reason);
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

  /**
   * The reply has ended. What the gateway says itself is the better knowledge of its id; both ids
   * are kept, so that the echo of either is known for ours.
   */
  #keepId(row: AttemptedRow, gatewayId: string): void {
    if (row.how === 'echo') {
      this.#context.db.run(
        `UPDATE outbox SET how = 'response', wa_message_id = ? WHERE id = ?`,
        gatewayId,
        row.id,
      );
      if (row.wa_message_id !== gatewayId) this.#parts.counts.addIfDuplicate(row.id);
    } else if (row.wa_message_id !== gatewayId && this.#keepSecondId(row, gatewayId)) {
      this.#parts.counts.addIfDuplicate(row.id);
    }
  }

  /** @returns Whether nobody has seen the id before. */
  #keepSecondId(row: AttemptedRow, gatewayId: string): boolean {
    const { db, clock, settings } = this.#context;
    const { changes } = db.run(
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
    return changes === 1;
  }
}
