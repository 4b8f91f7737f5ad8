import { type ContactId } from '../../../domain/contact.ts';
import { type OutboxId } from '../../../domain/delivery.ts';
import { SEND_COUNT_SHARDS, type SendCount, isCopy } from '../sql/send-count.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession } from './postgres-session.ts';

/** Counts that outlive every process, and the rows that were counted; inside the caller's transaction. */
export class SendCounts {
  readonly #context: PostgresContext;

  constructor(context: PostgresContext) {
    this.#context = context;
  }

  async add(tx: PostgresSession, what: SendCount, contactId: ContactId): Promise<void> {
    await tx.run(
      `INSERT INTO send_count (instance, what, shard, count) VALUES ($1, $2, $3, 1)
       ON CONFLICT (instance, what, shard) DO UPDATE SET count = send_count.count + 1`,
      this.#context.settings.instance,
      what,
      contactId % SEND_COUNT_SHARDS,
    );
  }

  /** Counts a copy where the reply, sent more than once, has just become known under one id more. */
  async addIfDuplicate(tx: PostgresSession, id: OutboxId): Promise<void> {
    const row = await tx.get(
      `SELECT contact_id, resends,
              (SELECT count(*) FROM (
                 SELECT wa_message_id FROM outbox WHERE id = $1 AND wa_message_id IS NOT NULL
                 UNION SELECT wa_message_id FROM echo WHERE claimed_by = $1) AS known) AS ids
       FROM outbox WHERE id = $1 AND resends > 0`,
      id,
    );
    if (row === undefined) return;
    const { contact_id: contactId, resends, ids } = row as Record<string, number>;
    if (isCopy(ids, resends)) await this.add(tx, 'duplicate', contactId as ContactId);
  }

  async read(session: PostgresSession): Promise<Partial<Record<SendCount, number>>> {
    const rows = await session.all(
      'SELECT what, sum(count)::bigint AS count FROM send_count WHERE instance = $1 GROUP BY what',
      this.#context.settings.instance,
    );
    return Object.fromEntries(rows.map(({ what, count }) => [what, Number(count)])) as Partial<
      Record<SendCount, number>
    >;
  }
}
