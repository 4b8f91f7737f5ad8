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
import { isPausedAt } from '../sql/pause-columns.ts';
import { type SqliteContext } from './sqlite-context.ts';
import { type TakeoverBook } from './takeover-book.ts';

interface UnconfirmedRow extends ReplyRow {
  readonly started_at: number;
  readonly resends: number;
  readonly last_error: string | null;
  /** 1: comes from the agent while a person has the conversation. */
  readonly unwanted: number;
}

interface ClaimedRow {
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

/** Begins deliveries, inside the caller's transaction. */
export class DeliveryClaim {
  readonly #context: SqliteContext;
  readonly #parts: DeliveryClaimParts;

  constructor(context: SqliteContext, parts: DeliveryClaimParts) {
    this.#context = context;
    this.#parts = parts;
  }

  claim(limit: number): Delivery[] {
    this.#giveUpLostSends();
    this.#endEchoWindows();
    this.#parts.takeovers.cancelReturned();
    const allowed = this.#allowed(limit);
    if (allowed === 0) return [];
    return this.#dueReplies(allowed).map((row) => this.#begin(row));
  }

  /** Ms until something is to be done; `undefined` when no reply is open. */
  nextInMs(): number | undefined {
    const { db, clock } = this.#context;
    const { begun, waiting } = db.get(
      `SELECT min(CASE WHEN state <> 'pending' THEN due_at END) AS begun,
              min(CASE WHEN state = 'pending' AND ${IS_NEXT} THEN due_at END) AS waiting
       FROM outbox WHERE due_at IS NOT NULL`,
    ) as { begun: number | null; waiting: number | null };
    const begunAt = begun ?? Infinity;
    const waitingAt = waiting === null ? Infinity : Math.max(waiting, this.#pausedUntil() ?? 0);
    const at = Math.min(begunAt, waitingAt);
    return at === Infinity ? undefined : Math.max(0, at - clock.now());
  }

  /**
   * A process that has begun a send and not said how it ended is gone, or too late. How long its
   * echo may still take is for {@link #endEchoWindows} to say, which comes next.
   */
  #giveUpLostSends(): void {
    const rows = this.#context.db.all(
      `UPDATE outbox SET state = 'unknown', last_error = ?
       WHERE due_at <= ? AND state = 'sending' RETURNING contact_id`,
      SEND_INTERRUPTED,
      this.#context.clock.now(),
    );
    for (const row of rows) this.#parts.held.decide(row['contact_id'] as ContactId);
  }

  #endEchoWindows(): void {
    const { db, clock } = this.#context;
    const now = clock.now();
    const rows = db.all(
      `SELECT outbox.id, contact_id, started_at, resends, last_error, source <> 'manual' AND ${isPausedAt('?')} AS unwanted
       FROM outbox JOIN contact ON contact.id = outbox.contact_id
       WHERE due_at <= ? AND state = 'unknown' ORDER BY due_at, outbox.id`,
      now,
      now,
    ) as unknown as UnconfirmedRow[];
    if (rows.length === 0) return;
    const evidence = this.#parts.echoes.evidence();
    for (const row of rows) this.#endEchoWindow(row, evidence);
  }

  #endEchoWindow(row: UnconfirmedRow, evidence: EchoEvidence): void {
    const { db, clock, settings } = this.#context;
    const isUnwanted = row.unwanted === 1;
    const wasInterrupted = row.last_error === SEND_INTERRUPTED;
    const facts = { startedAt: row.started_at, resends: row.resends, wasInterrupted, isUnwanted };
    const after = afterEchoWindow(facts, evidence, settings.sendUnknown, clock.now());
    switch (after.state) {
      case 'unknown':
        db.run('UPDATE outbox SET due_at = ? WHERE id = ?', after.resolveAfter, row.id);
        break;
      case 'pending':
        this.#parts.ledger.markRepeated(row, isUnwanted);
        break;
      case 'held':
        this.#parts.ledger.markHeld(row);
        break;
    }
  }

  /** A refused instance gets one reply as a probe each time its pause has passed. */
  #allowed(limit: number): number {
    const pausedUntil = this.#pausedUntil();
    if (pausedUntil === undefined) return limit;
    return pausedUntil <= this.#context.clock.now() ? Math.min(1, limit) : 0;
  }

  #dueReplies(limit: number): ClaimedRow[] {
    return this.#context.db.all(
      `SELECT outbox.id, outbox.contact_id, outbox.body, outbox.attempt, outbox.resends,
              coalesce(contact.phone_jid, contact.lid_jid) AS address
       FROM outbox JOIN contact ON contact.id = outbox.contact_id
       WHERE outbox.due_at <= ? AND outbox.state = 'pending' AND ${IS_NEXT}
       ORDER BY outbox.due_at, outbox.id LIMIT ?`,
      this.#context.clock.now(),
      limit,
    ) as unknown as ClaimedRow[];
  }

  #begin(row: ClaimedRow): Delivery {
    const { db, clock, settings } = this.#context;
    const now = clock.now();
    const attempt = row.attempt + 1;
    db.run(
      `UPDATE outbox SET state = 'sending', owner = ?, attempt = ?, to_jid = ?, started_at = ?, due_at = ?
       WHERE id = ?`,
      settings.owner,
      attempt,
      row.address,
      now,
      now + SENDING_LEASE_MS,
      row.id,
    );
    db.run(
      'UPDATE instance SET paused_until = ? WHERE id = ? AND pause_reason IS NOT NULL',
      now + BLOCKED_PAUSE_MS,
      settings.instance,
    );
    const { id, contact_id: contactId, address: to, body: text, resends } = row;
    return { id, contactId, to, text, attempt, resends };
  }

  #pausedUntil(): number | undefined {
    const { db, settings } = this.#context;
    const row = db.get('SELECT paused_until FROM instance WHERE id = ?', settings.instance);
    const until = row?.['paused_until'] ?? undefined;
    return until === undefined ? undefined : Number(until);
  }
}
