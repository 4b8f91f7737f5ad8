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
import { type SqliteContacts } from './sqlite-contacts.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** Conversations in the order in which things were said, whenever they were written down. */
export class SqliteConversationStore implements ConversationStore {
  readonly #context: SqliteContext;
  readonly #contacts: SqliteContacts;

  constructor(context: SqliteContext, contacts: SqliteContacts) {
    this.#context = context;
    this.#contacts = contacts;
  }

  async history(contactId: ContactId, limit: number): Promise<readonly HistoryEntry[]> {
    const { db } = this.#context;
    const newestFirst = await db.read(() =>
      db.all(
        `SELECT author, kind, text, at, approved FROM history
         WHERE contact_id = (SELECT coalesce(merged_into, id) FROM contact WHERE id = ?)
         ORDER BY at DESC, id DESC LIMIT ?`,
        contactId,
        limit,
      ),
    );
    return newestFirst.reverse().map(asEntry);
  }

  reset(identity: Identity): Promise<boolean> {
    const { db } = this.#context;
    return db.write(() => {
      const ids = this.#contacts.find(identity);
      for (const id of ids) db.run('DELETE FROM history WHERE contact_id = ?', id);
      return ids.length > 0;
    });
  }

  async summaries(): Promise<readonly ConversationSummary[]> {
    const { db, clock, settings } = this.#context;
    const now = clock.now();
    const rows = await db.read(() =>
      db.all(
        `SELECT id, phone_jid, lid_jid, person_since, person_reason, paused_by, paused_until,
                (SELECT count(*) FROM history WHERE contact_id = contact.id) AS messages
         FROM contact
         WHERE instance = ? AND merged_into IS NULL
           AND (person_since IS NOT NULL OR ${isPausedAt('?')}
                OR EXISTS (SELECT 1 FROM history WHERE contact_id = contact.id))
         ORDER BY id`,
        settings.instance,
        now,
      ),
    );
    return (rows as unknown as SummaryRow[]).map((row) => asSummary(row, now));
  }

  async turns({ limit, contactId, verdict }: TurnFilter): Promise<readonly EndedTurn[]> {
    const { db, settings } = this.#context;
    const rows = await db.read(() =>
      db.all(
        `SELECT ${TURN_COLUMNS} FROM turn JOIN contact ON contact.id = turn.contact_id
         WHERE contact.instance = ?1 AND turn.outcome <> 'redone'
           AND (?2 IS NULL OR turn.contact_id = ?2) AND (?3 IS NULL OR turn.verdict = ?3)
         ORDER BY turn.id DESC LIMIT ?4`,
        settings.instance,
        contactId,
        verdict,
        limit,
      ),
    );
    return (rows as unknown as TurnRow[]).map(asEndedTurn);
  }

  async tokensWithinMs(ms: number): Promise<number> {
    const { db, clock } = this.#context;
    const row = await db.read(() =>
      db.get(
        `SELECT coalesce(sum(coalesce(tokens_in, 0) + coalesce(tokens_out, 0)), 0) AS tokens
         FROM turn WHERE ended_at > ?`,
        clock.now() - ms,
      ),
    );
    return Number(row?.['tokens'] ?? 0);
  }
}
