import { type Alias, type ContactId, type Identity, aliasesOf } from '../../../domain/contact.ts';
import { burstReadyAt } from '../../../domain/turn.ts';
import { joinContacts } from './join-contacts.ts';
import { CONTACT_COLUMNS, type ContactRow, type IdentitySource } from '../sql/contact-row.ts';
import { type PostgresContext } from './postgres-context.ts';
import { RaceLostError } from './postgres-error.ts';
import { STORE_TIME, type Parameter, type PostgresSession, type Row } from './postgres-session.ts';

/** Tells who is who. Everything here runs inside the caller's transaction, on rows that it has locked. */
export class PostgresContacts {
  readonly #context: PostgresContext;

  constructor(context: PostgresContext) {
    this.#context = context;
  }

  /**
   * Locks every contact that one of the identities is known under, in the order that all
   * transactions keep. What was joined or made in between shows when it is resolved.
   *
   * @returns Their ids: for one identity none, one, or two that are not yet joined.
   */
  lockKnown(tx: PostgresSession, identities: readonly Identity[]): Promise<ContactId[]> {
    return lockContacts(
      tx,
      'SELECT contact_id FROM contact_alias WHERE instance = $1 AND alias = ANY ($2::text[])',
      this.#context.settings.instance,
      identities.flatMap((identity) => aliasesOf(identity)),
    );
  }

  /** Whether anybody is known by the identity. */
  async isKnown(session: PostgresSession, identity: Identity): Promise<boolean> {
    return (await this.#known(session, identity)).size > 0;
  }

  /** The contact, which nobody else changes from now on. */
  async lock(tx: PostgresSession, id: ContactId): Promise<ContactRow | undefined> {
    const row = (await tx.get(
      `SELECT ${CONTACT_COLUMNS} FROM contact WHERE id = $1 FOR NO KEY UPDATE`,
      id,
    )) as ContactRow | undefined;
    if (row !== undefined) tx.noteLocked(row.id);
    return row;
  }

  /** The contact as it stands. */
  async byId(session: PostgresSession, id: ContactId): Promise<ContactRow | undefined> {
    const sql = `SELECT ${CONTACT_COLUMNS} FROM contact WHERE id = $1`;
    return (await session.get(sql, id)) as ContactRow | undefined;
  }

  /**
   * The one contact that the identity means, created if nobody is known by it. Two contacts that
   * turn out to be one have become the older of them.
   *
   * @throws RaceLostError when another transaction has just made or joined it.
   */
  async resolve(
    tx: PostgresSession,
    identity: Identity,
    source: IdentitySource,
  ): Promise<ContactRow> {
    const known = await this.#known(tx, identity);
    const contacts = new Map([...known.values()].map((contact) => [contact.id, contact]));
    for (const id of contacts.keys()) tx.requireLocked(id);
    const [first, ...others] = [...contacts.keys()].sort((a, b) => a - b);
    if (first === undefined) return this.#create(tx, identity);
    for (const other of others) await joinContacts(tx, this.#context.settings, [first, other]);
    await this.name(tx, first, identity, known);
    const asRead = others.length === 0 ? contacts.get(first) : undefined;
    return withAddresses(tx, asRead ?? (await this.#existing(tx, first)), identity, source);
  }

  /**
   * Leaves the contact, which is locked, known under the identity's names that nobody has.
   *
   * @throws RaceLostError when somebody else has just got one of them.
   */
  async name(
    tx: PostgresSession,
    id: ContactId,
    identity: Identity,
    known: ReadonlyMap<Alias, unknown> = new Map(),
  ): Promise<void> {
    const unknown = aliasesOf(identity).filter((alias) => !known.has(alias));
    if (unknown.length > 0) await this.#learn(tx, id, unknown);
  }

  /** Sets when the contact is due from the messages that wait, or not at all if none does. */
  async reschedule(tx: PostgresSession, id: ContactId): Promise<void> {
    const { first, last } = (await tx.get(
      `SELECT min(received_at) AS first, max(received_at) AS last
       FROM inbox WHERE contact_id = $1 AND state = 'pending'`,
      id,
    )) as unknown as { first: number | null; last: number | null };
    const isWaiting = first !== null && last !== null;
    await tx.run(
      'UPDATE contact SET first_pending_at = $1, ready_at = $2 WHERE id = $3',
      first,
      isWaiting ? burstReadyAt(first, last, this.#context.settings.timing) : undefined,
      id,
    );
  }

  /** Leaves the contact flagged for a person; the time is that of the first flag, the reason that of the last. */
  async flag(tx: PostgresSession, id: ContactId, reason: string): Promise<void> {
    await tx.run(
      'UPDATE contact SET person_since = coalesce(person_since, $1), person_reason = $2 WHERE id = $3',
      await tx.now(),
      reason,
      id,
    );
  }

  /** Leaves the contact not waiting for a person: one has written to it. */
  async unflag(tx: PostgresSession, id: ContactId): Promise<void> {
    await tx.run(
      `UPDATE contact SET person_since = NULL, person_reason = NULL
       WHERE id = $1 AND person_since IS NOT NULL`,
      id,
    );
  }

  async #known(tx: PostgresSession, identity: Identity): Promise<Map<Alias, ContactRow>> {
    const rows = await tx.all(
      `SELECT contact_alias.alias, ${STORE_TIME} AS now, ${CONTACT_COLUMNS}
       FROM contact_alias JOIN contact ON contact.id = contact_alias.contact_id
       WHERE contact_alias.instance = $1 AND alias = ANY ($2::text[])`,
      this.#context.settings.instance,
      aliasesOf(identity),
    );
    const [first] = rows;
    if (first !== undefined) tx.noteTime(Number(first['now']));
    return new Map(
      rows.map(({ alias, now: _, ...contact }) => [
        alias as Alias,
        contact as unknown as ContactRow,
      ]),
    );
  }

  /** Whoever makes a contact second waits for the first, and then begins anew with what that one made. */
  async #create(tx: PostgresSession, identity: Identity): Promise<ContactRow> {
    const aliases = aliasesOf(identity);
    const row = await tx.get(
      `WITH contact AS (
         INSERT INTO contact (instance, created_at, phone_jid, lid_jid) VALUES ($1, $2, $3, $4) RETURNING *
       ), learnt AS (
         INSERT INTO contact_alias (instance, alias, kind, contact_id, seen_at)
         SELECT $1::text, alias, split_part(alias, ':', 1), contact.id, $2
         FROM contact, unnest($5::text[]) AS alias ORDER BY alias
         ON CONFLICT (instance, alias) DO NOTHING RETURNING alias
       )
       SELECT (SELECT count(*) FROM learnt) AS learnt, ${CONTACT_COLUMNS} FROM contact`,
      this.#context.settings.instance,
      await tx.now(),
      identity.phone,
      identity.lid,
      aliases,
    );
    if (row?.['learnt'] !== aliases.length) throw sameContactMet();
    const { learnt: _, ...contact } = row;
    tx.noteLocked(contact['id'] as ContactId);
    return contact as unknown as ContactRow;
  }

  async #learn(tx: PostgresSession, id: ContactId, aliases: readonly Alias[]): Promise<void> {
    const learnt = await tx.run(
      `INSERT INTO contact_alias (instance, alias, kind, contact_id, seen_at)
       SELECT $1::text, alias, split_part(alias, ':', 1), $2, $3 FROM unnest($4::text[]) AS alias ORDER BY alias
       ON CONFLICT (instance, alias) DO NOTHING`,
      this.#context.settings.instance,
      id,
      await tx.now(),
      aliases,
    );
    if (learnt < aliases.length) throw sameContactMet();
  }

  async #existing(tx: PostgresSession, id: ContactId): Promise<ContactRow> {
    const row = await this.byId(tx, id);
    if (row === undefined) throw new Error(`contact ${id} is named by an alias and does not exist`);
    return row;
  }
}

async function withAddresses(
  tx: PostgresSession,
  row: ContactRow,
  identity: Identity,
  source: IdentitySource,
): Promise<ContactRow> {
  const given = source === 'received' ? identity.phone : (row.phone_jid ?? identity.phone);
  const phone = given ?? row.phone_jid;
  const lid = identity.lid ?? row.lid_jid;
  if (phone === row.phone_jid && lid === row.lid_jid) return row;
  await tx.run('UPDATE contact SET phone_jid = $1, lid_jid = $2 WHERE id = $3', phone, lid, row.id);
  return { ...row, phone_jid: phone, lid_jid: lid };
}

function sameContactMet(): RaceLostError {
  return new RaceLostError('another process met the same contact');
}

/**
 * Locks the contacts that a query names, lowest id first as every transaction does, and notes them.
 * Not `FOR UPDATE`: foreign keys that point at a contact need not wait for its holder.
 */
export async function lockContacts(
  tx: PostgresSession,
  namingSql: string,
  ...parameters: readonly Parameter[]
): Promise<ContactId[]> {
  const named = `SELECT id FROM contact WHERE id IN (${namingSql}) ORDER BY id`;
  return noteAll(tx, await tx.all(`${named} FOR NO KEY UPDATE`, ...parameters));
}

/** Locks those of them with which no other transaction is busy, and notes them. */
export async function lockFreeContacts(
  tx: PostgresSession,
  namingSql: string,
  ...parameters: readonly Parameter[]
): Promise<ContactId[]> {
  const named = `SELECT id FROM contact WHERE id IN (${namingSql})`;
  return noteAll(tx, await tx.all(`${named} FOR NO KEY UPDATE SKIP LOCKED`, ...parameters));
}

function noteAll(tx: PostgresSession, rows: readonly Row[]): ContactId[] {
  const ids = rows.map(({ id }) => id as ContactId);
  for (const id of ids) tx.noteLocked(id);
  return ids;
}
