import {
  type ConversationStore,
  type ConversationSummary,
} from '../../../application/ports/outbound/conversation-store.ts';
import { type ContactId, type Identity, type Jid, userOf } from '../../../domain/contact.ts';
import { type HistoryEntry } from '../../../domain/conversation.ts';
import { isPaused } from '../../../domain/takeover.ts';
import { isPausedAt, type PauseColumns, pauseOf } from './pause-columns.ts';
import { type PostgresContacts } from './postgres-contacts.ts';
import { type PostgresContext } from './postgres-context.ts';

interface SummaryRow extends PauseColumns {
  readonly id: ContactId;
  readonly phone_jid: Jid | null;
  readonly lid_jid: Jid | null;
  readonly person_since: number | null;
  readonly person_reason: string | null;
  readonly messages: number;
}

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

function asEntry({ approved, ...row }: Readonly<Record<string, unknown>>): HistoryEntry {
  const approval = Number(approved) === 1 ? { approved: true } : {};
  return { ...row, ...approval } as unknown as HistoryEntry;
}

function asSummary(row: SummaryRow, now: number): ConversationSummary {
  const pause = pauseOf(row);
  return {
    contactId: row.id,
    number: row.phone_jid === null ? (row.lid_jid ?? '') : userOf(row.phone_jid),
    messages: row.messages,
    ...(row.person_since === null
      ? {}
      : { person: { reason: row.person_reason ?? '', since: row.person_since } }),
    ...(isPaused(pause, now) ? { pause } : {}),
  };
}
