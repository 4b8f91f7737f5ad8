import { type ContactId, type Jid } from '../../../domain/contact.ts';
import {
  BLOCKED_PAUSE_MS,
  type Delivery,
  type OutboxId,
  SEND_INTERRUPTED,
  SENDING_LEASE_MS,
  afterEchoWindow,
} from '../../../domain/delivery.ts';
import { type EchoEvidence } from '../../../domain/echo-evidence.ts';
import { IS_NEXT, type ReplyRow } from '../sql/reply-rows.ts';
import { type DeliveryLedger } from './delivery-ledger.ts';
import { type EchoBook } from './echo-book.ts';
import { type HeldMessages } from './held-messages.ts';
import { lockFreeContacts } from './postgres-contacts.ts';
import { isPausedAt } from '../sql/pause-columns.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession } from './postgres-session.ts';
import { type TakeoverBook } from './takeover-book.ts';

/** Comes from the agent while a person has the conversation. */
const IS_UNWANTED = `(outbox.source <> 'manual' AND ${isPausedAt('$1')})`;

const IS_DUE = `outbox.due_at <= $1 AND outbox.state = 'pending' AND ${IS_NEXT}`;

interface UnconfirmedRow extends ReplyRow {
  readonly started_at: number;
  readonly resends: number;
  readonly last_error: string | null;
  readonly unwanted: boolean;
}

interface DueRow {
  readonly id: OutboxId;
  readonly contact_id: ContactId;
  readonly address: Jid;
  readonly body: string;
  readonly attempt: number;
  readonly resends: number;
}

/** What a claim stands on; all of it joins the caller's transaction. */
export interface DeliveryClaimParts {
  readonly ledger: DeliveryLedger;
  readonly takeovers: TakeoverBook;
  readonly held: HeldMessages;
  readonly echoes: EchoBook;
}

/**
 * Begins deliveries, inside the caller's transaction. Contacts that another transaction is busy
 * with are passed over: nothing here ever waits for a contact.
 */
export class DeliveryClaim {
  readonly #context: PostgresContext;
  readonly #parts: DeliveryClaimParts;

  constructor(context: PostgresContext, parts: DeliveryClaimParts) {
    this.#context = context;
    this.#parts = parts;
  }

  async claim(tx: PostgresSession, limit: number): Promise<Delivery[]> {
    await this.#settleOverdue(tx);
    const allowed = await this.#allowed(tx, limit);
    if (allowed === 0) return [];
    const rows = await dueReplies(tx, allowed);
    return rows.length === 0 ? [] : this.#begin(tx, rows);
  }

  /** What this process has begun at these instants, and nobody was told to send, waits to be sent again. */
  async takeBackBegunAt(tx: PostgresSession, instants: readonly number[]): Promise<void> {
    const { owner } = this.#context.settings;
    const isBegun = `due_at IS NOT NULL AND state = 'sending' AND owner = $1 AND started_at = ANY ($2::bigint[])`;
    const named = `SELECT contact_id FROM outbox WHERE ${isBegun}`;
    const contacts = await lockFreeContacts(tx, named, owner, instants);
    await tx.run(
      `UPDATE outbox SET state = 'pending', due_at = started_at
       WHERE contact_id = ANY ($3::bigint[]) AND ${isBegun}`,
      owner,
      instants,
      contacts,
    );
    for (const id of contacts) await this.#parts.held.decide(tx, id);
  }

  /** Ms until something is to be done; `undefined` when no reply is open. */
  async nextInMs(session: PostgresSession): Promise<number | undefined> {
    const { begun, waiting, paused } = (await session.get(
      `SELECT min(due_at) FILTER (WHERE state <> 'pending') AS begun,
              min(due_at) FILTER (WHERE state = 'pending' AND ${IS_NEXT}) AS waiting,
              (SELECT paused_until FROM instance WHERE id = $1) AS paused
       FROM outbox WHERE due_at IS NOT NULL`,
      this.#context.settings.instance,
    )) as unknown as Record<'begun' | 'waiting' | 'paused', number | null>;
    const begunAt = begun ?? Infinity;
    const waitingAt = waiting === null ? Infinity : Math.max(waiting, paused ?? 0);
    const at = Math.min(begunAt, waitingAt);
    return at === Infinity ? undefined : Math.max(0, at - (await session.now()));
  }

  /**
   * Sends that were begun and never settled become unconfirmed, unconfirmed ones end in time, and
   * what came back after its contact had been paused is cancelled.
   */
  async #settleOverdue(tx: PostgresSession): Promise<void> {
    const contacts = await lockFreeContacts(
      tx,
      `SELECT contact_id FROM outbox WHERE due_at <= $1 AND state IN ('sending', 'unknown')
       UNION
       SELECT contact_id FROM outbox JOIN contact ON contact.id = outbox.contact_id
       WHERE due_at <= $1 AND state = 'pending' AND ${IS_UNWANTED}`,
      await tx.now(),
    );
    if (contacts.length === 0) return;
    await this.#giveUpLostSends(tx, contacts);
    await this.#endEchoWindows(tx, contacts);
    await this.#parts.takeovers.cancelReturned(tx, contacts);
  }

  /**
   * A process that has begun a send and not said how it ended is gone, or too late. How long its
   * echo may still take is for {@link #endEchoWindows} to say, which comes next.
   */
  async #giveUpLostSends(tx: PostgresSession, contacts: readonly ContactId[]): Promise<void> {
    const rows = await tx.all(
      `UPDATE outbox SET state = 'unknown', last_error = $3
       WHERE contact_id = ANY ($1::bigint[]) AND due_at <= $2 AND state = 'sending'
       RETURNING contact_id`,
      contacts,
      await tx.now(),
      SEND_INTERRUPTED,
    );
    const ended = new Set(rows.map((row) => row['contact_id'] as ContactId));
    for (const id of ended) await this.#parts.held.decide(tx, id);
  }

  async #endEchoWindows(tx: PostgresSession, contacts: readonly ContactId[]): Promise<void> {
    const rows = (await tx.all(
      `SELECT outbox.id, contact_id, started_at, resends, last_error, ${IS_UNWANTED} AS unwanted
       FROM outbox JOIN contact ON contact.id = outbox.contact_id
       WHERE contact_id = ANY ($2::bigint[]) AND due_at <= $1 AND state = 'unknown'
       ORDER BY due_at, outbox.id`,
      await tx.now(),
      contacts,
    )) as unknown as UnconfirmedRow[];
    if (rows.length === 0) return;
    const evidence = await this.#parts.echoes.evidence(tx);
    for (const row of rows) await this.#endEchoWindow(tx, row, evidence);
  }

  async #endEchoWindow(
    tx: PostgresSession,
    row: UnconfirmedRow,
    evidence: EchoEvidence,
  ): Promise<void> {
    const { ledger } = this.#parts;
    const { sendUnknown } = this.#context.settings;
    const facts = {
      startedAt: row.started_at,
      resends: row.resends,
      wasInterrupted: row.last_error === SEND_INTERRUPTED,
      isUnwanted: row.unwanted,
    };
    const after = afterEchoWindow(facts, evidence, sendUnknown, await tx.now());
    switch (after.state) {
      case 'unknown':
        await tx.run('UPDATE outbox SET due_at = $1 WHERE id = $2', after.resolveAfter, row.id);
        return;
      case 'pending':
        return ledger.markRepeated(tx, row, row.unwanted);
      case 'held':
        return ledger.markHeld(tx, row);
    }
  }

  /** A refused instance gets one reply as a probe each time its pause has passed. */
  async #allowed(tx: PostgresSession, limit: number): Promise<number> {
    const sql = 'SELECT paused_until FROM instance WHERE id = $1';
    const { instance } = this.#context.settings;
    const seen = await tx.get(sql, instance);
    if (typeof seen?.['paused_until'] !== 'number') return limit;
    // Two processes must not both find that the pause has passed.
    const row = await tx.get(`${sql} FOR NO KEY UPDATE`, instance);
    const pausedUntil = row?.['paused_until'];
    if (typeof pausedUntil !== 'number') return limit;
    return pausedUntil <= (await tx.now()) ? Math.min(1, limit) : 0;
  }

  async #begin(tx: PostgresSession, rows: readonly DueRow[]): Promise<Delivery[]> {
    const now = await tx.now();
    await tx.run(
      `UPDATE outbox SET state = 'sending', attempt = attempt + 1, to_jid = due.address, started_at = $1,
         due_at = $2, owner = $5
       FROM unnest($3::bigint[], $4::text[]) AS due (id, address) WHERE outbox.id = due.id`,
      now,
      now + SENDING_LEASE_MS,
      rows.map(({ id }) => id),
      rows.map(({ address }) => address),
      this.#context.settings.owner,
    );
    await tx.run(
      'UPDATE instance SET paused_until = $1 WHERE id = $2 AND pause_reason IS NOT NULL',
      now + BLOCKED_PAUSE_MS,
      this.#context.settings.instance,
    );
    return rows.map(({ id, contact_id: contactId, address: to, body: text, attempt, resends }) => {
      return { id, contactId, to, text, attempt: attempt + 1, resends };
    });
  }
}

/** Locks the contacts whose first open reply is due, then looks again at what they have now. */
async function dueReplies(tx: PostgresSession, limit: number): Promise<DueRow[]> {
  const now = await tx.now();
  const contacts = await tx.all(
    `SELECT contact.id FROM outbox JOIN contact ON contact.id = outbox.contact_id
     WHERE ${IS_DUE}
     ORDER BY outbox.due_at, outbox.id LIMIT $2 FOR NO KEY UPDATE OF contact SKIP LOCKED`,
    now,
    limit,
  );
  if (contacts.length === 0) return [];
  return (await tx.all(
    `SELECT outbox.id, outbox.contact_id, outbox.body, outbox.attempt, outbox.resends,
            coalesce(contact.phone_jid, contact.lid_jid) AS address
     FROM outbox JOIN contact ON contact.id = outbox.contact_id
     WHERE ${IS_DUE} AND contact.id = ANY ($2::bigint[]) AND NOT ${IS_UNWANTED}
     ORDER BY outbox.due_at, outbox.id`,
    now,
    contacts.map(({ id }) => id as ContactId),
  )) as unknown as DueRow[];
}
