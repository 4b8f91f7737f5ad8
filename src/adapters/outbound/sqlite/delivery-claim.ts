import { type ContactId, type Jid } from '../../../domain/contact.ts';
import {
  BLOCKED_PAUSE_MS,
  type Delivery,
  ECHO_WINDOW_MS,
  type OutboxId,
  SENDING_LEASE_MS,
  afterEchoWindow,
} from '../../../domain/delivery.ts';
import { type DeliveryLedger } from './delivery-ledger.ts';
import { type HeldMessages } from './held-messages.ts';
import { type SqliteContext } from './sqlite-context.ts';
import { type TakeoverBook } from './takeover-book.ts';

/** A contact's replies leave one after the other: only its first open one may be begun. */
const IS_FIRST_OPEN = `NOT EXISTS (
  SELECT 1 FROM outbox AS earlier
  WHERE earlier.contact_id = outbox.contact_id AND earlier.id < outbox.id AND earlier.due_at IS NOT NULL
)`;

interface UnconfirmedRow {
  readonly id: OutboxId;
  readonly contact_id: ContactId;
  readonly resends: number;
}

interface ClaimedRow {
  readonly id: OutboxId;
  readonly contact_id: ContactId;
  readonly address: Jid;
  readonly body: string;
  readonly attempt: number;
}

/** What a claim stands on; all of it joins the caller's transaction. */
export interface DeliveryClaimParts {
  readonly ledger: DeliveryLedger;
  readonly takeovers: TakeoverBook;
  readonly held: HeldMessages;
}

/** Begins deliveries, inside the caller's transaction. */
export class DeliveryClaim {
  readonly #context: SqliteContext;
  readonly #ledger: DeliveryLedger;
  /** Before, this process could not have heard an echo. */
  readonly #since: number;
  readonly #takeovers: TakeoverBook;
  readonly #held: HeldMessages;

  constructor(context: SqliteContext, { ledger, takeovers, held }: DeliveryClaimParts) {
    this.#context = context;
    this.#ledger = ledger;
    this.#since = context.clock.now();
    this.#takeovers = takeovers;
    this.#held = held;
  }

  claim(limit: number): Delivery[] {
    this.#giveUpLostSends();
    this.#extendEchoWindows();
    this.#endEchoWindows();
    this.#takeovers.cancelReturned();
    const allowed = this.#allowed(limit);
    if (allowed === 0) return [];
    return this.#dueReplies(allowed).map((row) => this.#begin(row));
  }

  /** Ms until something is to be done; `undefined` when no reply is open. */
  nextInMs(): number | undefined {
    const { db, clock } = this.#context;
    const { begun, waiting } = db.get(
      `SELECT min(CASE WHEN state <> 'pending' THEN due_at END) AS begun,
              min(CASE WHEN state = 'pending' AND ${IS_FIRST_OPEN} THEN due_at END) AS waiting
       FROM outbox WHERE due_at IS NOT NULL`,
    ) as { begun: number | null; waiting: number | null };
    const begunAt = begun ?? Infinity;
    const waitingAt = waiting === null ? Infinity : Math.max(waiting, this.#pausedUntil() ?? 0);
    const at = Math.min(begunAt, waitingAt);
    return at === Infinity ? undefined : Math.max(0, at - clock.now());
  }

  /** A process that has begun a send and not said how it ended is gone, or too late. */
  #giveUpLostSends(): void {
    const rows = this.#context.db.all(
      `UPDATE outbox SET state = 'unknown', due_at = max(started_at, ?) + ?,
         last_error = 'processo interrompido durante o envio'
       WHERE due_at <= ? AND state = 'sending' RETURNING contact_id`,
      this.#since,
      ECHO_WINDOW_MS,
      this.#context.clock.now(),
    );
    for (const row of rows) this.#held.decide(row['contact_id'] as ContactId);
  }

  /** After a downtime no echo is no evidence: the gateway gets its window anew to deliver one. */
  #extendEchoWindows(): void {
    const until = this.#since + ECHO_WINDOW_MS;
    this.#context.db.run(
      `UPDATE outbox SET due_at = ? WHERE due_at < ? AND state = 'unknown' AND started_at < ?`,
      until,
      until,
      this.#since,
    );
  }

  #endEchoWindows(): void {
    const { db, clock } = this.#context;
    const now = clock.now();
    const rows = db.all(
      `SELECT id, contact_id, resends FROM outbox WHERE due_at <= ? AND state = 'unknown' ORDER BY due_at, id`,
      now,
    ) as unknown as UnconfirmedRow[];
    for (const { id, contact_id: contactId, resends } of rows) {
      if (afterEchoWindow(resends) === 'failed') {
        this.#ledger.markFailed(id, contactId, 'envio sem confirmação');
      } else {
        db.run(
          `UPDATE outbox SET state = 'pending', resends = resends + 1, due_at = ? WHERE id = ?`,
          now,
          id,
        );
      }
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
      `SELECT outbox.id, outbox.contact_id, outbox.body, outbox.attempt,
              coalesce(contact.phone_jid, contact.lid_jid) AS address
       FROM outbox JOIN contact ON contact.id = outbox.contact_id
       WHERE outbox.due_at <= ? AND outbox.state = 'pending' AND ${IS_FIRST_OPEN}
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
    return { id: row.id, contactId: row.contact_id, to: row.address, text: row.body, attempt };
  }

  #pausedUntil(): number | undefined {
    const { db, settings } = this.#context;
    const row = db.get('SELECT paused_until FROM instance WHERE id = ?', settings.instance);
    const until = row?.['paused_until'] ?? undefined;
    return until === undefined ? undefined : Number(until);
  }
}
