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
import { lockContacts } from './postgres-contacts.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession } from './postgres-session.ts';

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
  readonly #context: PostgresContext;
  readonly #ledger: DeliveryLedger;
  readonly #held: HeldMessages;

  constructor(context: PostgresContext, ledger: DeliveryLedger, held: HeldMessages) {
    this.#context = context;
    this.#ledger = ledger;
    this.#held = held;
  }

  async settle(
    tx: PostgresSession,
    { id, attempt }: Delivery,
    outcome: SendOutcome,
  ): Promise<DeliveryState> {
    const row = await lockReply(tx, id);
    if (row === undefined) throw new Error(`reply ${id} is not in the outbox`);
    if (row.attempt !== attempt || !mayStillChange(row.state, outcome)) {
      if (outcome.kind === 'sent') await this.#keepSecondId(tx, row, outcome.gatewayId);
      return row.state;
    }
    const facts = { attempt, createdAt: row.created_at, startedAt: row.started_at };
    const after = afterAttempt(outcome, facts, await tx.now());
    await this.#move(tx, row, after, 'reason' in outcome ? outcome.reason : '');
    await this.#held.decide(tx, row.contact_id);
    // A decision may have cancelled the reply.
    const now = await tx.get('SELECT state FROM outbox WHERE id = $1', id);
    return (now?.['state'] as DeliveryState | undefined) ?? after.state;
  }

  async #move(
    tx: PostgresSession,
    row: OutboxRow,
    after: AfterAttempt,
    reason: string,
  ): Promise<void> {
    switch (after.state) {
      case 'sent':
        return this.#ledger.markSent(tx, row.id, { how: 'response', gatewayId: after.gatewayId });
      case 'failed':
        return this.#ledger.markFailed(tx, row.id, row.contact_id, reason);
      case 'unknown':
        return wait(tx, row.id, { state: 'unknown', dueAt: after.resolveAfter, reason });
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

  /** The reply left twice, or its echo came first under another id: that id's own echo is ours too. */
  async #keepSecondId(tx: PostgresSession, row: OutboxRow, gatewayId: string): Promise<void> {
    await tx.run(
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
  }
}

/** The reply as it stands, with its contact locked. */
async function lockReply(tx: PostgresSession, id: OutboxId): Promise<OutboxRow | undefined> {
  await lockContacts(tx, 'SELECT contact_id FROM outbox WHERE id = $1', id);
  const row = (await tx.get(
    `SELECT id, contact_id, state, attempt, created_at, started_at, body, body_hash
     FROM outbox WHERE id = $1`,
    id,
  )) as OutboxRow | undefined;
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
