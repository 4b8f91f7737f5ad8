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
import { lockContacts } from './postgres-contacts.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession } from './postgres-session.ts';
import { type SendCounts } from './send-counts.ts';

/** What a settlement stands on; all of it joins the caller's transaction. */
export interface SettlementParts {
  readonly ledger: DeliveryLedger;
  readonly held: HeldMessages;
  readonly echoes: EchoBook;
  readonly counts: SendCounts;
}

/** Ends attempts, inside the caller's transaction. */
export class DeliverySettlement {
  readonly #context: PostgresContext;
  readonly #parts: SettlementParts;

  constructor(context: PostgresContext, parts: SettlementParts) {
    this.#context = context;
    this.#parts = parts;
  }

  async settle(
    tx: PostgresSession,
    { id, attempt }: Delivery,
    outcome: SendOutcome,
  ): Promise<DeliveryState> {
    const row = await lockReply(tx, id);
    if (row === undefined) throw new Error(`reply ${id} is not in the outbox`);
    if (!mayStillChange(row.state, outcome, row.attempt === attempt)) {
      if (outcome.kind === 'sent') await this.#keepId(tx, row, outcome.gatewayId);
      return row.state;
    }
    const facts = { attempt, triedSince: row.tried_since };
    const after = afterAttempt(outcome, facts, await tx.now());
    await this.#move(tx, row, after, 'reason' in outcome ? outcome.reason : '');
    await this.#parts.held.decide(tx, row.contact_id);
    // A decision may have cancelled the reply.
    const now = await tx.get('SELECT state FROM outbox WHERE id = $1', id);
    return (now?.['state'] as DeliveryState | undefined) ?? after.state;
  }

  async #move(
    tx: PostgresSession,
    row: AttemptedRow,
    after: AfterAttempt,
    reason: string,
  ): Promise<void> {
    const { ledger, echoes } = this.#parts;
    switch (after.state) {
      case 'sent':
        return ledger.markSent(tx, row, { how: 'response', gatewayId: after.gatewayId });
      case 'failed':
        return ledger.markFailed(tx, row, reason);
      case 'unknown':
        return wait(tx, row.id, {
          state: 'unknown',
          dueAt: row.started_at + (await echoes.windowMs(tx)),
          reason,
        });
      case 'pending':
        await wait(tx, row.id, { state: 'pending', dueAt: after.notBefore, reason });
        if (after.blocked) await this.#pause(tx, reason);
    }
  }

  async #pause(tx: PostgresSession, reason: string): Promise<void> {
    await tx.run(
      'UPDATE instance SET paused_until = $1, pause_reason = $2 WHERE id = $3',
      (await tx.now()) + BLOCKED_PAUSE_MS,
      reason,
      this.#context.settings.instance,
    );
  }

  /**
   * The reply has ended. What the gateway says itself is the better knowledge of its id; both ids
   * are kept, so that the echo of either is known for ours.
   */
  async #keepId(tx: PostgresSession, row: AttemptedRow, gatewayId: string): Promise<void> {
    const { counts } = this.#parts;
    if (row.how === 'echo') {
      await tx.run(
        `UPDATE outbox SET how = 'response', wa_message_id = $1 WHERE id = $2`,
        gatewayId,
        row.id,
      );
      if (row.wa_message_id !== gatewayId) await counts.addIfDuplicate(tx, row.id);
    } else if (row.wa_message_id !== gatewayId && (await this.#keepSecondId(tx, row, gatewayId))) {
      await counts.addIfDuplicate(tx, row.id);
    }
  }

  /** @returns Whether nobody has seen the id before. */
  async #keepSecondId(tx: PostgresSession, row: AttemptedRow, gatewayId: string): Promise<boolean> {
    const kept = await tx.run(
      `INSERT INTO echo (instance, wa_message_id, contact_id, kind, text, body_hash, seen_at, claimed_by, settled_as)
       VALUES ($1, $2, $3, 'text', $4, $5, $6, $7, 'sent')
       ON CONFLICT (instance, wa_message_id) DO NOTHING`,
      this.#context.settings.instance,
      gatewayId,
      row.contact_id,
      row.body,
      row.body_hash,
      await tx.now(),
      row.id,
    );
    return kept === 1;
  }
}

/** The reply as it stands, with its contact locked. */
async function lockReply(tx: PostgresSession, id: OutboxId): Promise<AttemptedRow | undefined> {
  await lockContacts(tx, 'SELECT contact_id FROM outbox WHERE id = $1', id);
  const row = (await tx.get(`SELECT ${ATTEMPTED_COLUMNS} FROM outbox WHERE id = $1`, id)) as
    AttemptedRow | undefined;
  if (row !== undefined) tx.requireLocked(row.contact_id);
  return row;
}

async function wait(
  tx: PostgresSession,
  id: OutboxId,
  until: {
    readonly state: 'unknown' | 'pending';
    readonly dueAt: number;
    readonly reason: string;
  },
): Promise<void> {
  await tx.run(
    'UPDATE outbox SET state = $1, due_at = $2, last_error = $3 WHERE id = $4',
    until.state,
    until.dueAt,
    until.reason,
    id,
  );
}
