import {
  type ConversationStore,
  type ConversationSummary,
  type EndedTurn,
  type TurnFilter,
} from '../../../application/ports/outbound/conversation-store.ts';
import { type ContactId, type Identity } from '../../../domain/contact.ts';
import { type HistoryEntry } from '../../../domain/conversation.ts';
import { type SummaryRow, asEntry, asSummary } from '../sql/conversation-rows.ts';
import { isPausedAt } from '../sql/pause-columns.ts';
import { asEndedTurn, TURN_COLUMNS, type TurnRow } from '../sql/turn-rows.ts';
import { type PostgresContacts } from './postgres-contacts.ts';
import { type PostgresContext } from './postgres-context.ts';

/** Conversations in the order in which things were said, whenever they were written down. */
export class PostgresConversationStore implements ConversationStore {
  readonly #context: PostgresContext;
  readonly #contacts: PostgresContacts;

  constructor(context: PostgresContext, contacts: PostgresContacts) {
    this.#context = context;
    this.#contacts = contacts;
  }

  async history(contactId: ContactId, limit: number): Promise<readonly HistoryEntry[]> {
    const newestFirst = await this.#context.db.read((session) =>
      session.all(
        `SELECT author, kind, text, at, approved FROM history
         WHERE contact_id = (SELECT coalesce(merged_into, id) FROM contact WHERE id = $1)
         ORDER BY at DESC, id DESC LIMIT $2`,
        contactId,
        limit,
      ),
    );
    return newestFirst.reverse().map(asEntry);
  }

  reset(identity: Identity): Promise<boolean> {
    return this.#context.db.write(async (tx) => {
      const ids = await this.#contacts.lockKnown(tx, [identity]);
      await tx.run('DELETE FROM history WHERE contact_id = ANY ($1::bigint[])', ids);
      return ids.length > 0;
    });
  }

  summaries(): Promise<readonly ConversationSummary[]> {
    return this.#context.db.read(async (session) => {
      const now = await session.now();
      const rows = await session.all(
        `SELECT id, phone_jid, lid_jid, person_since, person_reason, paused_by, paused_until,
                (SELECT count(*) FROM history WHERE contact_id = contact.id) AS messages
         FROM contact
         WHERE instance = $1 AND merged_into IS NULL
           AND (person_since IS NOT NULL OR ${isPausedAt('$2')}
                OR EXISTS (SELECT 1 FROM history WHERE contact_id = contact.id))
         ORDER BY id`,
        this.#context.settings.instance,
        now,
      );
      return (rows as unknown as SummaryRow[]).map((row) => asSummary(row, now));
    });
  }

  async turns({ limit, contactId, verdict }: TurnFilter): Promise<readonly EndedTurn[]> {
    const rows = await this.#context.db.read((session) =>
      session.all(
        `SELECT ${TURN_COLUMNS} FROM turn JOIN contact ON contact.id = turn.contact_id
         WHERE contact.instance = $1 AND turn.outcome <> 'redone'
           AND ($2::bigint IS NULL OR turn.contact_id = $2)
           AND ($3::text IS NULL OR turn.verdict = $3)
         ORDER BY turn.id DESC LIMIT $4`,
        this.#context.settings.instance,
        contactId,
        verdict,
        limit,
      ),
    );
    return (rows as unknown as TurnRow[]).map(asEndedTurn);
  }

  tokensWithinMs(ms: number): Promise<number> {
    return this.#context.db.read(async (session) => {
      const row = await session.get(
        `SELECT coalesce(sum(coalesce(tokens_in, 0) + coalesce(tokens_out, 0)), 0)::bigint AS tokens
         FROM turn WHERE ended_at > $1`,
        (await session.now()) - ms,
      );
      return Number(row?.['tokens'] ?? 0);
    });
  }
}
