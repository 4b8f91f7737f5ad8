import {
  type ContactReference,
  type Takeovers,
  type TakenConversation,
} from '../../../application/ports/outbound/takeovers.ts';
import { type ContactId } from '../../../domain/contact.ts';
import { type Pause } from '../../../domain/takeover.ts';
import { lockContacts, type PostgresContacts } from './postgres-contacts.ts';
import { type PostgresContext } from './postgres-context.ts';
import { RaceLostError } from './postgres-error.ts';
import { type PostgresSession } from './postgres-session.ts';
import { type TakeoverBook } from './takeover-book.ts';

/** Takeovers on request, as columns of the contact. */
export class PostgresTakeovers implements Takeovers {
  readonly #context: PostgresContext;
  readonly #contacts: PostgresContacts;
  readonly #book: TakeoverBook;

  constructor(context: PostgresContext, contacts: PostgresContacts, book: TakeoverBook) {
    this.#context = context;
    this.#contacts = contacts;
    this.#book = book;
  }

  pause(contact: ContactReference, forMs?: number): Promise<TakenConversation | undefined> {
    return this.#context.db.write(async (tx) => {
      const contactId = await this.#lock(tx, contact);
      if (contactId === undefined) return undefined;
      const until = forMs === undefined ? {} : { until: (await tx.now()) + forMs };
      const pause: Pause = { by: 'request', ...until };
      await this.#book.pause(tx, contactId, pause);
      return { contactId, pause };
    });
  }

  resume(contact: ContactReference): Promise<TakenConversation | undefined> {
    return this.#context.db.write(async (tx) => {
      const contactId = await this.#lock(tx, contact);
      if (contactId === undefined) return undefined;
      await this.#book.resume(tx, contactId);
      return { contactId };
    });
  }

  /** @throws RaceLostError when the contact was joined to another before it was locked. */
  async #lock(tx: PostgresSession, contact: ContactReference): Promise<ContactId | undefined> {
    const [id] =
      typeof contact === 'object'
        ? await this.#contacts.lockKnown(tx, [contact])
        : await lockContacts(
            tx,
            'SELECT coalesce(merged_into, id) FROM contact WHERE id = $1 AND instance = $2',
            contact,
            this.#context.settings.instance,
          );
    if (id === undefined) return undefined;
    const row = await tx.get('SELECT merged_into FROM contact WHERE id = $1', id);
    if (row?.['merged_into'] !== null) throw new RaceLostError('the contact was joined meanwhile');
    return id;
  }
}
