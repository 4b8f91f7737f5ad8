import { type ContactId } from '../../../domain/contact.ts';
import { type OutboxId } from '../../../domain/delivery.ts';
import { SEND_COUNT_SHARDS, type SendCount, isCopy } from '../sql/send-count.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** Counts that outlive every process, and the rows that were counted; inside the caller's transaction. */
export class SendCounts {
  readonly #context: SqliteContext;

  constructor(context: SqliteContext) {
    this.#context = context;
  }

  add(what: SendCount, contactId: ContactId): void {
    const { db, settings } = this.#context;
    db.run(
      `INSERT INTO send_count (instance, what, shard, count) VALUES (?, ?, ?, 1)
       ON CONFLICT (instance, what, shard) DO UPDATE SET count = count + 1`,
      settings.instance,
      what,
      contactId % SEND_COUNT_SHARDS,
    );
  }

  /** Counts a copy where the reply, sent more than once, has just become known under one id more. */
  addIfDuplicate(id: OutboxId): void {
    const row = this.#context.db.get(
      `SELECT contact_id, resends,
              (SELECT count(*) FROM (
                 SELECT wa_message_id FROM outbox WHERE id = ?1 AND wa_message_id IS NOT NULL
                 UNION SELECT wa_message_id FROM echo WHERE claimed_by = ?1)) AS ids
       FROM outbox WHERE id = ?1 AND resends > 0`,
      id,
    );
    if (row === undefined) return;
    const { contact_id: contactId, resends, ids } = row as Record<string, number>;
    if (isCopy(ids, resends)) this.add('duplicate', contactId as ContactId);
  }

  read(): Partial<Record<SendCount, number>> {
    const { db, settings } = this.#context;
    const rows = db.all(
      'SELECT what, sum(count) AS count FROM send_count WHERE instance = ? GROUP BY what',
      settings.instance,
    );
    return Object.fromEntries(rows.map(({ what, count }) => [what, count])) as Partial<
      Record<SendCount, number>
    >;
  }
}
