import { type ContactId } from '../../../domain/contact.ts';
import { type OutboxId } from '../../../domain/delivery.ts';
import { lockContacts } from './postgres-contacts.ts';
import { type PostgresSession } from './postgres-session.ts';

/** Takes replies back that wait to be sent, inside the caller's transaction. */
export class ReplyCancellation {
  /** Takes back those that have certainly not left. @returns Whether that was all of them. */
  async cancel(tx: PostgresSession, ids: readonly OutboxId[]): Promise<boolean> {
    await lockContacts(tx, 'SELECT contact_id FROM outbox WHERE id = ANY ($1::bigint[])', ids);
    return this.#end(tx, ids, 0);
  }

  /**
   * Takes back those as well that may have left once and wait to be repeated; the caller has locked
   * their contacts.
   */
  async cancelRepetitions(tx: PostgresSession, ids: readonly OutboxId[]): Promise<void> {
    await this.#end(tx, ids, Number.MAX_SAFE_INTEGER);
  }

  async #end(tx: PostgresSession, ids: readonly OutboxId[], mostResends: number): Promise<boolean> {
    if (ids.length === 0) return true;
    const cancelled = await tx.all(
      `UPDATE outbox SET state = 'cancelled', due_at = NULL, ended_at = $1
       WHERE id = ANY ($2::bigint[]) AND state = 'pending' AND resends <= $3
       RETURNING contact_id, history_id`,
      await tx.now(),
      ids,
      mostResends,
    );
    for (const row of cancelled) tx.requireLocked(row['contact_id'] as ContactId);
    const said = new Set(cancelled.map((row) => row['history_id'] as number | null));
    for (const historyId of said) if (historyId !== null) await unsay(tx, historyId);
    return cancelled.length === ids.length;
  }
}

/** The history keeps only the parts that are still to leave, have left, or may have left. */
async function unsay(tx: PostgresSession, historyId: number): Promise<void> {
  const rest = await tx.all(
    `SELECT body FROM outbox WHERE history_id = $1 AND (state <> 'cancelled' OR resends > 0)
     ORDER BY part_no`,
    historyId,
  );
  if (rest.length === 0) {
    await tx.run('DELETE FROM history WHERE id = $1', historyId);
  } else {
    const text = rest.map(({ body }) => body as string).join('\n');
    await tx.run('UPDATE history SET text = $1 WHERE id = $2', text, historyId);
  }
}
