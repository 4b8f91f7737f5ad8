import { type ContactId, type Identity, aliasesOf } from '../../../domain/contact.ts';
import { burstReadyAt } from '../../../domain/turn.ts';
import { joinContacts } from './join-contacts.ts';
import { CONTACT_COLUMNS, type ContactRow, type IdentitySource } from '../sql/contact-row.ts';
import { type RecentTexts } from './recent-texts.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** A contact with what only SQLite keeps in its row. */
export interface SqliteContactRow extends ContactRow {
  readonly recent_texts: RecentTexts;
}

const COLUMNS = `${CONTACT_COLUMNS}, recent_texts`;

/** Put together once, not for every message. */
const BY_ALIAS = `SELECT ${COLUMNS}
  FROM contact_alias JOIN contact ON contact.id = contact_alias.contact_id
  WHERE contact_alias.instance = ? AND alias = ?`;

/** Tells who is who. Everything here runs inside the caller's transaction. */
export class SqliteContacts {
  readonly #context: SqliteContext;

  constructor(context: SqliteContext) {
    this.#context = context;
  }

  /** The contacts that the identity is known under: none, one, or two that are not yet joined. */
  find(identity: Identity): ContactId[] {
    return distinct(this.#known(identity)).map(({ id }) => id);
  }

  byId(id: ContactId): SqliteContactRow | undefined {
    return this.#context.db.get(`SELECT ${COLUMNS} FROM contact WHERE id = ?`, id) as
      SqliteContactRow | undefined;
  }

  /**
   * The one contact that the identity means, created if nobody is known by it. Two contacts that
   * turn out to be one have become the older of them.
   */
  resolve(identity: Identity, source: IdentitySource): SqliteContactRow {
    const known = this.#known(identity);
    const [first, ...others] = distinct(known);
    const id = first?.id ?? this.#create();
    for (const other of others) joinContacts(this.#context, id, other.id);
    this.name(id, identity, known);
    const contact = others.length === 0 ? (first ?? this.byId(id)) : this.byId(id);
    if (contact === undefined) throw new Error(`contact ${id} is named by an alias and is gone`);
    return this.#withAddresses(contact, identity, source);
  }

  /** Leaves the contact known under the identity's names that nobody has. */
  name(id: ContactId, identity: Identity, known: ReadonlyMap<string, unknown> = new Map()): void {
    const { db, clock, settings } = this.#context;
    for (const alias of aliasesOf(identity)) {
      if (known.has(alias)) continue;
      db.run(
        'INSERT INTO contact_alias (instance, alias, kind, contact_id, seen_at) VALUES (?, ?, ?, ?, ?)',
        settings.instance,
        alias,
        alias.slice(0, alias.indexOf(':')),
        id,
        clock.now(),
      );
    }
  }

  /** Sets when the contact is due from the messages that wait, or not at all if none does. */
  reschedule(id: ContactId): void {
    const { db, settings } = this.#context;
    const waiting = db.get(
      `SELECT min(received_at) AS first, max(received_at) AS last
       FROM inbox INDEXED BY inbox_waiting WHERE contact_id = ? AND state = 'pending'`,
      id,
    ) as { first: number | null; last: number | null };
    const { first, last } = waiting;
    const isWaiting = first !== null && last !== null;
    db.run(
      'UPDATE contact SET first_pending_at = ?, ready_at = ? WHERE id = ?',
      first,
      isWaiting ? burstReadyAt(first, last, settings.timing) : undefined,
      id,
    );
  }

  /** Leaves the contact flagged for a person; the time is that of the first flag, the reason that of the last. */
  flag(id: ContactId, reason: string): void {
    this.#context.db.run(
      `UPDATE contact SET person_since = coalesce(person_since, ?), person_reason = ? WHERE id = ?`,
      this.#context.clock.now(),
      reason,
      id,
    );
  }

  /** Leaves the contact not waiting for a person: one has written to it. */
  unflag(id: ContactId): void {
    this.#context.db.run(
      `UPDATE contact SET person_since = NULL, person_reason = NULL
       WHERE id = ? AND person_since IS NOT NULL`,
      id,
    );
  }

  #known(identity: Identity): Map<string, SqliteContactRow> {
    const { db, settings } = this.#context;
    const known = new Map<string, SqliteContactRow>();
    for (const alias of aliasesOf(identity)) {
      const row = db.get(BY_ALIAS, settings.instance, alias);
      if (row !== undefined) known.set(alias, row as unknown as SqliteContactRow);
    }
    return known;
  }

  #create(): ContactId {
    const { db, clock, settings } = this.#context;
    const { id } = db.run(
      'INSERT INTO contact (instance, created_at) VALUES (?, ?)',
      settings.instance,
      clock.now(),
    );
    return id as ContactId;
  }

  #withAddresses(
    row: SqliteContactRow,
    identity: Identity,
    source: IdentitySource,
  ): SqliteContactRow {
    const given = source === 'received' ? identity.phone : (row.phone_jid ?? identity.phone);
    const phone = given ?? row.phone_jid;
    const lid = identity.lid ?? row.lid_jid;
    if (phone === row.phone_jid && lid === row.lid_jid) return row;
    this.#context.db.run(
      'UPDATE contact SET phone_jid = ?, lid_jid = ? WHERE id = ?',
      phone,
      lid,
      row.id,
    );
    return { ...row, phone_jid: phone, lid_jid: lid };
  }
}

/** Each contact once, the oldest first. */
function distinct(known: ReadonlyMap<string, SqliteContactRow>): SqliteContactRow[] {
  const contacts = new Map([...known.values()].map((contact) => [contact.id, contact]));
  return [...contacts.values()].sort((a, b) => a.id - b.id);
}
