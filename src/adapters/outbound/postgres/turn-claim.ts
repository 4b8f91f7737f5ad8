import { type ContactId } from '../../../domain/contact.ts';
import { type Turn, type TurnMessage } from '../../../domain/turn.ts';
import { isPausedAt } from '../sql/pause-columns.ts';
import { CONTACT_COLUMNS, type ContactRow, replyAddress } from '../sql/contact-row.ts';
import { type PostgresContacts } from './postgres-contacts.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession, type Row } from './postgres-session.ts';
import { type TakeoverBook } from './takeover-book.ts';

const HOUR_MS = 3_600_000;

/**
 * Contacts that are due and whom nobody holds, the longest waiting first. Whoever ends a turn gives
 * its lease up: one that is still there has run out under a holder that did not.
 */
const DUE = `
  SELECT id, ${isPausedAt('$1')} AS paused,
         lease_owner IS NOT NULL AS "takenOver" FROM contact
  WHERE ready_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)
  ORDER BY ready_at, id LIMIT $2`;

interface WaitingRow extends TurnMessage {
  readonly contactId: ContactId;
}

/** Makes turns of what waits. */
export class TurnClaim {
  readonly #context: PostgresContext;
  readonly #contacts: PostgresContacts;
  readonly #takeovers: TakeoverBook;

  constructor(context: PostgresContext, contacts: PostgresContacts, takeovers: TakeoverBook) {
    this.#context = context;
    this.#contacts = contacts;
    this.#takeovers = takeovers;
  }

  async isDue(session: PostgresSession): Promise<boolean> {
    return (await session.get(DUE, await session.now(), 1)) !== undefined;
  }

  /** Passes over contacts that another transaction is busy with: they are looked at again soon. */
  async claim(tx: PostgresSession, limit: number): Promise<Turn[]> {
    const due = await tx.all(`${DUE} FOR NO KEY UPDATE SKIP LOCKED`, await tx.now(), limit);
    const ids = await this.#unpaused(tx, due);
    if (ids.length === 0) return [];
    const waiting = await this.#waiting(tx, ids);
    for (const id of ids) if (!waiting.has(id)) await this.#contacts.reschedule(tx, id);
    const leased = await this.#lease(tx, [...waiting.keys()]);
    const replies = await this.#repliesLastHour(tx, [...waiting.keys()]);
    const takenOver = new Set(due.flatMap((row) => (row['takenOver'] === true ? [row['id']] : [])));
    return ids.flatMap((id) => {
      const contact = leased.get(id);
      const messages = waiting.get(id) ?? [];
      if (contact === undefined) return [];
      return [
        {
          ...this.#turn(contact, messages),
          takenOver: takenOver.has(id),
          repliesLastHour: replies.get(id) ?? 0,
        },
      ];
    });
  }

  /** Messages that came over from another contact of the same person may wait in spite of a pause. */
  async #unpaused(tx: PostgresSession, due: readonly Row[]): Promise<ContactId[]> {
    const ids: ContactId[] = [];
    for (const { id, paused } of due) {
      if (paused === true) {
        tx.noteLocked(id as ContactId);
        await this.#takeovers.endWaiting(tx, id as ContactId);
      } else ids.push(id as ContactId);
    }
    return ids;
  }

  async #lease(
    tx: PostgresSession,
    ids: readonly ContactId[],
  ): Promise<Map<ContactId, ContactRow>> {
    const { owner, leaseMs } = this.#context.settings;
    const now = await tx.now();
    const rows = await tx.all(
      `UPDATE contact SET fence = fence + 1, attempts = attempts + 1, lease_owner = $1,
         lease_since = $2, lease_until = $3
       WHERE id = ANY ($4::bigint[]) RETURNING ${CONTACT_COLUMNS}`,
      owner,
      now,
      now + leaseMs,
      ids,
    );
    return new Map((rows as unknown as ContactRow[]).map((contact) => [contact.id, contact]));
  }

  #turn(
    contact: ContactRow,
    messages: readonly TurnMessage[],
  ): Omit<Turn, 'takenOver' | 'repliesLastHour'> {
    const last = messages.at(-1);
    if (last === undefined) throw new Error(`contact ${contact.id} has no turn`);
    const { owner } = this.#context.settings;
    return {
      lease: { contactId: contact.id, owner, token: contact.fence, lastMessageId: last.id },
      contactId: contact.id,
      ...(contact.name === null ? {} : { name: contact.name }),
      replyTo: replyAddress(contact),
      messages,
      redo: contact.redo,
      attempts: contact.attempts,
      deaths: contact.deaths,
    };
  }

  async #waiting(
    tx: PostgresSession,
    ids: readonly ContactId[],
  ): Promise<Map<ContactId, TurnMessage[]>> {
    const rows = await tx.all(
      `SELECT contact_id AS "contactId", id, kind, text, received_at AS "receivedAt" FROM inbox
       WHERE contact_id = ANY ($1::bigint[]) AND state = 'pending' ORDER BY id`,
      ids,
    );
    const messages = new Map<ContactId, TurnMessage[]>();
    for (const { contactId, ...message } of rows as unknown as WaitingRow[]) {
      messages.set(contactId, [...(messages.get(contactId) ?? []), message]);
    }
    return messages;
  }

  async #repliesLastHour(
    tx: PostgresSession,
    ids: readonly ContactId[],
  ): Promise<Map<ContactId, number>> {
    const rows = await tx.all(
      `SELECT contact_id, count(*) AS replies FROM turn
       WHERE contact_id = ANY ($1::bigint[]) AND ended_at > $2 AND outcome NOT IN ('silent', 'redone')
       GROUP BY contact_id`,
      ids,
      (await tx.now()) - HOUR_MS,
    );
    return new Map(rows.map((row) => [row['contact_id'] as ContactId, Number(row['replies'])]));
  }
}
