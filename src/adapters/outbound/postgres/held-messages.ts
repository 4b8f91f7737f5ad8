import { type ContactId } from '../../../domain/contact.ts';
import { type HeldRow, RESUMED } from '../sql/message-rows.ts';
import { type EchoMatcher } from './echo-matcher.ts';
import { idInOwnKey } from '../sql/message-key.ts';
import { type PostgresContacts } from './postgres-contacts.ts';
import { type PostgresSession } from './postgres-session.ts';
import { type TakeoverBook } from './takeover-book.ts';

/** What a decision stands on; all of it joins the caller's transaction. */
export interface HeldParts {
  readonly contacts: PostgresContacts;
  readonly takeovers: TakeoverBook;
  readonly echoes: EchoMatcher;
}

/**
 * Messages from the shop's own number that look like a person's. While a send to the same contact is
 * under way they wait: gateways may change a text, and then only the id in the response tells an
 * echo that came before it from what a person typed.
 */
export class HeldMessages {
  readonly #parts: HeldParts;

  constructor(parts: HeldParts) {
    this.#parts = parts;
  }

  /**
   * Decides on all that the chat of the contact, which is locked, holds, unless a send to the
   * contact is under way.
   */
  async decide(tx: PostgresSession, contactId: ContactId): Promise<void> {
    const rows = (await tx.all(
      `SELECT id, message_key, kind, text, received_at, reason FROM inbox
       WHERE contact_id = $1 AND state = 'held'
         AND NOT EXISTS (SELECT 1 FROM outbox
                         WHERE contact_id = $1 AND due_at IS NOT NULL AND state = 'sending')
       ORDER BY id`,
      contactId,
    )) as unknown as readonly HeldRow[];
    for (const row of rows) await this.#decideOne(tx, contactId, row);
  }

  async #decideOne(tx: PostgresSession, contactId: ContactId, row: HeldRow): Promise<void> {
    const { echoes } = this.#parts;
    const { kind, text, message_key: key } = row;
    const gatewayId = key === null ? undefined : idInOwnKey(key);
    const claimedBy = await echoes.replyWithId(tx, gatewayId);
    await echoes.keep(tx, { kind, text, id: gatewayId, at: row.received_at }, contactId, claimedBy);
    if (claimedBy === undefined) await this.#takeForPersons(tx, contactId, row);
    else await tx.run(`UPDATE inbox SET state = 'ignored', reason = 'echo' WHERE id = $1`, row.id);
  }

  /** What waited was said before the person spoke, and enters the history before. */
  async #takeForPersons(tx: PostgresSession, contactId: ContactId, row: HeldRow): Promise<void> {
    const { contacts, takeovers } = this.#parts;
    const contact = row.reason === RESUMED ? undefined : await contacts.byId(tx, contactId);
    if (contact !== undefined) await takeovers.personWrote(tx, contact);
    await tx.run(
      `INSERT INTO history (contact_id, author, source, kind, text, message_id, at)
       VALUES ($1, 'person', 'phone', $2, $3, $4, $5)`,
      contactId,
      row.kind,
      row.text,
      row.id,
      row.received_at,
    );
    await tx.run(`UPDATE inbox SET state = 'done', reason = NULL WHERE id = $1`, row.id);
    await contacts.unflag(tx, contactId);
  }
}
