import { type ContactId } from '../../../domain/contact.ts';
import { type HeldRow, RESUMED } from '../sql/message-rows.ts';
import { type EchoMatcher } from './echo-matcher.ts';
import { idInOwnKey } from '../sql/message-key.ts';
import { type SqliteContacts } from './sqlite-contacts.ts';
import { type SqliteContext } from './sqlite-context.ts';
import { type TakeoverBook } from './takeover-book.ts';

/** What a decision stands on; all of it joins the caller's transaction. */
export interface HeldParts {
  readonly contacts: SqliteContacts;
  readonly takeovers: TakeoverBook;
  readonly echoes: EchoMatcher;
}

/**
 * Messages from the shop's own number that look like a person's. While a send to the same contact is
 * under way they wait: gateways may change a text, and then only the id in the response tells an
 * echo that came before it from what a person typed.
 */
export class HeldMessages {
  readonly #context: SqliteContext;
  readonly #parts: HeldParts;

  constructor(context: SqliteContext, parts: HeldParts) {
    this.#context = context;
    this.#parts = parts;
  }

  /** Decides on all that the contact's chat holds, unless a send to the contact is under way. */
  decide(contactId: ContactId): void {
    const { db } = this.#context;
    const rows = db.all(
      `SELECT id, message_key, kind, text, received_at, reason FROM inbox INDEXED BY inbox_held
       WHERE contact_id = ?1 AND state = 'held'
         AND NOT EXISTS (SELECT 1 FROM outbox
                         WHERE contact_id = ?1 AND due_at IS NOT NULL AND state = 'sending')
       ORDER BY id`,
      contactId,
    ) as unknown as readonly HeldRow[];
    for (const row of rows) this.#decideOne(contactId, row);
  }

  #decideOne(contactId: ContactId, row: HeldRow): void {
    const { echoes } = this.#parts;
    const { kind, text, message_key: key } = row;
    const gatewayId = key === null ? undefined : idInOwnKey(key);
    const claimedBy = echoes.replyWithId(gatewayId);
    echoes.keep({ kind, text, id: gatewayId, at: row.received_at }, contactId, claimedBy);
    if (claimedBy === undefined) this.#takeForPersons(contactId, row);
    else
      this.#context.db.run(
        `UPDATE inbox SET state = 'ignored', reason = 'echo' WHERE id = ?`,
        row.id,
      );
  }

  /** What waited was said before the person spoke, and enters the history before. */
  #takeForPersons(contactId: ContactId, row: HeldRow): void {
    const { contacts, takeovers } = this.#parts;
    const { db } = this.#context;
    const contact = row.reason === RESUMED ? undefined : contacts.byId(contactId);
    if (contact !== undefined) takeovers.personWrote(contact);
    db.run(
      `INSERT INTO history (contact_id, author, source, kind, text, message_id, at)
       VALUES (?, 'person', 'phone', ?, ?, ?, ?)`,
      contactId,
      row.kind,
      row.text,
      row.id,
      row.received_at,
    );
    db.run(`UPDATE inbox SET state = 'done', reason = NULL WHERE id = ?`, row.id);
    contacts.unflag(contactId);
  }
}
