import { type ContactId } from '../../../domain/contact.ts';
import { type OutboxId } from '../../../domain/delivery.ts';
import { isPaused, pauseByPerson, type Pause } from '../../../domain/takeover.ts';
import { RESUMED } from '../sql/message-rows.ts';
import { isPausedAt, pauseOf } from '../sql/pause-columns.ts';
import { type ReplyCancellation } from './reply-cancellation.ts';
import { type ContactRow } from '../sql/contact-row.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** Silences the agent for a contact, and lets it answer again, inside the caller's transaction. */
export class TakeoverBook {
  readonly #context: SqliteContext;
  readonly #cancellation: ReplyCancellation;

  constructor(context: SqliteContext, cancellation: ReplyCancellation) {
    this.#context = context;
    this.#cancellation = cancellation;
  }

  isPaused(contact: ContactRow): boolean {
    return isPaused(pauseOf(contact), this.#context.clock.now());
  }

  /** A person of the business has written to the contact. */
  personWrote(contact: ContactRow): void {
    const { clock, settings } = this.#context;
    const { takeoverMs } = settings.takeover;
    const pause = pauseByPerson(pauseOf(contact), clock.now(), takeoverMs);
    if (pause !== undefined) this.pause(contact.id, pause);
  }

  /** Leaves the contact paused, nothing of the agent's on its way, and nothing waiting for an answer. */
  pause(id: ContactId, pause: Pause): void {
    this.#context.db.run(
      'UPDATE contact SET paused_by = ?, paused_until = ? WHERE id = ?',
      pause.by,
      pause.until,
      id,
    );
    this.#cancelReplies(id);
    this.endWaiting(id);
  }

  /** Whose a message is that was typed before, and is held, shows later: it has no say any more. */
  resume(id: ContactId): void {
    const { db } = this.#context;
    db.run('UPDATE contact SET paused_by = NULL, paused_until = NULL WHERE id = ?', id);
    db.run(
      `UPDATE inbox INDEXED BY inbox_held SET reason = ? WHERE contact_id = ? AND state = 'held'`,
      RESUMED,
      id,
    );
  }

  /** What waits counts as answered by a person; whoever was answering it has lost the contact. */
  endWaiting(id: ContactId): void {
    const { db } = this.#context;
    db.run(
      `INSERT INTO history (contact_id, author, kind, text, message_id, at)
       SELECT contact_id, 'customer', kind, text, id, received_at
       FROM inbox INDEXED BY inbox_waiting
       WHERE contact_id = ? AND state = 'pending' ORDER BY id`,
      id,
    );
    db.run(
      `UPDATE inbox INDEXED BY inbox_waiting SET state = 'ignored', reason = 'taken_over'
       WHERE contact_id = ? AND state = 'pending'`,
      id,
    );
    db.run(
      `UPDATE contact SET fence = fence + 1, lease_owner = NULL, lease_until = NULL, redo = 0,
         attempts = 0, deaths = 0, first_pending_at = NULL, ready_at = NULL, not_before = NULL
       WHERE id = ?`,
      id,
    );
  }

  /** Cancels replies that came back unsent, or not confirmed, after their contact had been paused. */
  cancelReturned(): void {
    const { db, clock } = this.#context;
    const now = clock.now();
    const rows = db.all(
      `SELECT outbox.id FROM outbox JOIN contact ON contact.id = outbox.contact_id
       WHERE outbox.due_at <= ? AND outbox.state = 'pending' AND outbox.source <> 'manual'
         AND ${isPausedAt('?')}`,
      now,
      now,
    );
    this.#cancel(rows);
  }

  #cancelReplies(id: ContactId): void {
    const rows = this.#context.db.all(
      `SELECT id FROM outbox
       WHERE contact_id = ? AND due_at IS NOT NULL AND state = 'pending' AND source <> 'manual'`,
      id,
    );
    this.#cancel(rows);
  }

  #cancel(rows: readonly Readonly<Record<string, unknown>>[]): void {
    this.#cancellation.cancelRepetitions(rows.map((row) => row['id'] as OutboxId));
  }
}
