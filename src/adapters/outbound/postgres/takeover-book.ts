import { type ContactId } from '../../../domain/contact.ts';
import { type OutboxId } from '../../../domain/delivery.ts';
import { isPaused, pauseByPerson, type Pause } from '../../../domain/takeover.ts';
import { RESUMED } from '../sql/message-rows.ts';
import { isPausedAt, pauseOf } from '../sql/pause-columns.ts';
import { type ContactRow } from '../sql/contact-row.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession, type Row } from './postgres-session.ts';
import { type ReplyCancellation } from './reply-cancellation.ts';

/**
 * Silences the agent for a contact, and lets it answer again, inside the caller's transaction, which
 * has locked the contact.
 */
export class TakeoverBook {
  readonly #context: PostgresContext;
  readonly #cancellation: ReplyCancellation;

  constructor(context: PostgresContext, cancellation: ReplyCancellation) {
    this.#context = context;
    this.#cancellation = cancellation;
  }

  async isPaused(tx: PostgresSession, contact: ContactRow): Promise<boolean> {
    return isPaused(pauseOf(contact), await tx.now());
  }

  /** A person of the business has written to the contact. */
  async personWrote(tx: PostgresSession, contact: ContactRow): Promise<void> {
    const { takeoverMs } = this.#context.settings.takeover;
    const pause = pauseByPerson(pauseOf(contact), await tx.now(), takeoverMs);
    if (pause !== undefined) await this.pause(tx, contact.id, pause);
  }

  /** Leaves the contact paused, nothing of the agent's on its way, and nothing waiting for an answer. */
  async pause(tx: PostgresSession, id: ContactId, pause: Pause): Promise<void> {
    tx.requireLocked(id);
    await tx.run(
      'UPDATE contact SET paused_by = $1, paused_until = $2 WHERE id = $3',
      pause.by,
      pause.until,
      id,
    );
    await this.#cancelReplies(tx, id);
    await this.endWaiting(tx, id);
  }

  /** Whose a message is that was typed before, and is held, shows later: it has no say any more. */
  async resume(tx: PostgresSession, id: ContactId): Promise<void> {
    tx.requireLocked(id);
    await tx.run('UPDATE contact SET paused_by = NULL, paused_until = NULL WHERE id = $1', id);
    await tx.run(
      `UPDATE inbox SET reason = $1 WHERE contact_id = $2 AND state = 'held'`,
      RESUMED,
      id,
    );
  }

  /** What waits counts as answered by a person; whoever was answering it has lost the contact. */
  async endWaiting(tx: PostgresSession, id: ContactId): Promise<void> {
    await tx.run(
      `INSERT INTO history (contact_id, author, kind, text, message_id, at)
       SELECT contact_id, 'customer', kind, text, id, received_at
       FROM inbox WHERE contact_id = $1 AND state = 'pending' ORDER BY id`,
      id,
    );
    await tx.run(
      `UPDATE inbox SET state = 'ignored', reason = 'taken_over'
       WHERE contact_id = $1 AND state = 'pending'`,
      id,
    );
    await tx.run(
      `UPDATE contact SET fence = fence + 1, lease_owner = NULL, lease_until = NULL, redo = 0,
         attempts = 0, deaths = 0, first_pending_at = NULL, ready_at = NULL, not_before = NULL
       WHERE id = $1`,
      id,
    );
  }

  /**
   * Cancels replies that came back unsent, or not confirmed, after their contact had been paused; of
   * these contacts, which are locked.
   */
  async cancelReturned(tx: PostgresSession, contacts: readonly ContactId[]): Promise<void> {
    const rows = await tx.all(
      `SELECT outbox.id FROM outbox JOIN contact ON contact.id = outbox.contact_id
       WHERE contact.id = ANY ($2::bigint[]) AND outbox.due_at <= $1 AND outbox.state = 'pending'
         AND outbox.source <> 'manual' AND ${isPausedAt('$1')}`,
      await tx.now(),
      contacts,
    );
    await this.#cancel(tx, rows);
  }

  async #cancelReplies(tx: PostgresSession, id: ContactId): Promise<void> {
    const rows = await tx.all(
      `SELECT id FROM outbox
       WHERE contact_id = $1 AND due_at IS NOT NULL AND state = 'pending' AND source <> 'manual'`,
      id,
    );
    await this.#cancel(tx, rows);
  }

  #cancel(tx: PostgresSession, rows: readonly Row[]): Promise<void> {
    return this.#cancellation.cancelRepetitions(
      tx,
      rows.map(({ id }) => id as OutboxId),
    );
  }
}
