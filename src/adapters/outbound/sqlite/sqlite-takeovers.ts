import {
  type ContactReference,
  type Takeovers,
  type TakenConversation,
} from '../../../application/ports/outbound/takeovers.ts';
import { type ContactId } from '../../../domain/contact.ts';
import { type Pause } from '../../../domain/takeover.ts';
import { type SqliteContacts } from './sqlite-contacts.ts';
import { type SqliteContext } from './sqlite-context.ts';
import { type TakeoverBook } from './takeover-book.ts';

/** Takeovers on request, as columns of the contact. */
export class SqliteTakeovers implements Takeovers {
  readonly #context: SqliteContext;
  readonly #contacts: SqliteContacts;
  readonly #book: TakeoverBook;

  constructor(context: SqliteContext, contacts: SqliteContacts, book: TakeoverBook) {
    this.#context = context;
    this.#contacts = contacts;
    this.#book = book;
  }

  pause(contact: ContactReference, forMs?: number): Promise<TakenConversation | undefined> {
    return this.#context.db.write(() => {
      const contactId = this.#find(contact);
      if (contactId === undefined) return undefined;
      const until = forMs === undefined ? {} : { until: this.#context.clock.now() + forMs };
      const pause: Pause = { by: 'request', ...until };
      this.#book.pause(contactId, pause);
      return { contactId, pause };
    });
  }

  resume(contact: ContactReference): Promise<TakenConversation | undefined> {
    return this.#context.db.write(() => {
      const contactId = this.#find(contact);
      if (contactId === undefined) return undefined;
      this.#book.resume(contactId);
      return { contactId };
    });
  }

  #find(contact: ContactReference): ContactId | undefined {
    if (typeof contact === 'object') return this.#contacts.find(contact)[0];
    const { db, settings } = this.#context;
    const row = db.get(
      'SELECT coalesce(merged_into, id) AS id FROM contact WHERE id = ? AND instance = ?',
      contact,
      settings.instance,
    );
    return row?.['id'] as ContactId | undefined;
  }
}
