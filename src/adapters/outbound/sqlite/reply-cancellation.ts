import { type OutboxId } from '../../../domain/delivery.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** Takes replies back that wait to be sent, inside the caller's transaction. */
export class ReplyCancellation {
  readonly #context: SqliteContext;

  constructor(context: SqliteContext) {
    this.#context = context;
  }

  /** Takes back those that have certainly not left. @returns Whether that was all of them. */
  cancel(ids: readonly OutboxId[]): boolean {
    return this.#end(ids, 0);
  }

  /** Takes back those as well that may have left once and wait to be repeated. */
  cancelRepetitions(ids: readonly OutboxId[]): void {
    this.#end(ids, Number.MAX_SAFE_INTEGER);
  }

  #end(ids: readonly OutboxId[], mostResends: number): boolean {
    const { db, clock } = this.#context;
    const cancelled = ids.filter((id) => {
      const { changes } = db.run(
        `UPDATE outbox SET state = 'cancelled', due_at = NULL, ended_at = ?
         WHERE id = ? AND state = 'pending' AND resends <= ?`,
        clock.now(),
        id,
        mostResends,
      );
      return changes === 1;
    });
    for (const id of cancelled) this.#unsay(id);
    return cancelled.length === ids.length;
  }

  /** The history keeps only the parts that are still to leave, have left, or may have left. */
  #unsay(id: OutboxId): void {
    const { db } = this.#context;
    const historyId = db.get('SELECT history_id FROM outbox WHERE id = ?', id)?.['history_id'];
    if (typeof historyId !== 'number') return;
    const rest = db.all(
      `SELECT body FROM outbox WHERE history_id = ? AND (state <> 'cancelled' OR resends > 0)
       ORDER BY part_no`,
      historyId,
    );
    if (rest.length === 0) {
      db.run('DELETE FROM history WHERE id = ?', historyId);
    } else {
      const text = rest.map((row) => row['body'] as string).join('\n');
      db.run('UPDATE history SET text = ? WHERE id = ?', text, historyId);
    }
  }
}
