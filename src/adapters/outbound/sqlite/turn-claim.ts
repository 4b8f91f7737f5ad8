import { type ContactId } from '../../../domain/contact.ts';
import { type Turn, type TurnMessage } from '../../../domain/turn.ts';
import { type ContactRow, replyAddress } from '../sql/contact-row.ts';
import { type SqliteContacts } from './sqlite-contacts.ts';
import { type SqliteContext } from './sqlite-context.ts';
import { type TakeoverBook } from './takeover-book.ts';

const HOUR_MS = 3_600_000;

/** Makes turns of what waits. */
export class TurnClaim {
  readonly #context: SqliteContext;
  readonly #contacts: SqliteContacts;
  readonly #takeovers: TakeoverBook;

  constructor(context: SqliteContext, contacts: SqliteContacts, takeovers: TakeoverBook) {
    this.#context = context;
    this.#contacts = contacts;
    this.#takeovers = takeovers;
  }

  /** Contacts that are due and whom nobody holds, the longest waiting first. */
  due(limit: number): ContactId[] {
    const { db, clock } = this.#context;
    const now = clock.now();
    const rows = db.all(
      `SELECT id FROM contact
       WHERE ready_at <= ? AND (lease_until IS NULL OR lease_until <= ?)
       ORDER BY ready_at, id LIMIT ?`,
      now,
      now,
      limit,
    );
    return rows.map((row) => row['id'] as ContactId);
  }

  claim(limit: number): Turn[] {
    return this.due(limit).flatMap((id) => {
      if (this.#endIfPaused(id)) return [];
      const messages = this.#waiting(id);
      if (messages.length > 0) return [this.#lease(id, messages)];
      this.#contacts.reschedule(id);
      return [];
    });
  }

  /** Messages that came over from another contact of the same person may wait here in spite of a pause. */
  #endIfPaused(id: ContactId): boolean {
    const contact = this.#contacts.byId(id);
    if (contact === undefined || !this.#takeovers.isPaused(contact)) return false;
    this.#takeovers.endWaiting(id);
    return true;
  }

  #lease(id: ContactId, messages: readonly TurnMessage[]): Turn {
    const { db, clock, settings } = this.#context;
    const now = clock.now();
    const takenOver = this.#isHeld(id);
    db.run(
      `UPDATE contact SET fence = fence + 1, attempts = attempts + 1, lease_owner = ?, lease_since = ?,
         lease_until = ?
       WHERE id = ?`,
      settings.owner,
      now,
      now + settings.leaseMs,
      id,
    );
    const contact = this.#contacts.byId(id);
    const last = messages.at(-1);
    if (contact === undefined || last === undefined) throw new Error(`contact ${id} has no turn`);
    return {
      lease: { contactId: id, owner: settings.owner, token: contact.fence, lastMessageId: last.id },
      ...this.#about(contact),
      takenOver,
      messages,
      repliesLastHour: this.#repliesSince(id, now - HOUR_MS),
    };
  }

  /** Whoever ends a turn gives its lease up; one that has run out belongs to a holder that did not. */
  #isHeld(id: ContactId): boolean {
    const sql = 'SELECT 1 FROM contact WHERE id = ? AND lease_owner IS NOT NULL';
    return this.#context.db.get(sql, id) !== undefined;
  }

  #about(
    contact: ContactRow,
  ): Pick<Turn, 'contactId' | 'name' | 'replyTo' | 'redo' | 'attempts' | 'deaths'> {
    return {
      contactId: contact.id,
      ...(contact.name === null ? {} : { name: contact.name }),
      replyTo: replyAddress(contact),
      redo: contact.redo,
      attempts: contact.attempts,
      deaths: contact.deaths,
    };
  }

  #waiting(id: ContactId): TurnMessage[] {
    const rows = this.#context.db.all(
      `SELECT id, kind, text, received_at FROM inbox INDEXED BY inbox_waiting
       WHERE contact_id = ? AND state = 'pending' ORDER BY id`,
      id,
    );
    return rows.map(
      (row) =>
        ({
          id: row['id'],
          kind: row['kind'],
          text: row['text'],
          receivedAt: row['received_at'],
        }) as TurnMessage,
    );
  }

  #repliesSince(id: ContactId, since: number): number {
    const row = this.#context.db.get(
      `SELECT count(*) AS replies FROM turn
       WHERE contact_id = ? AND ended_at > ? AND outcome NOT IN ('silent', 'redone')`,
      id,
      since,
    );
    return Number(row?.['replies']);
  }
}
