import { type HandBack, type LeaseState } from '../../../application/ports/outbound/inbox.ts';
import { NO_TOKENS, type TokenUse } from '../../../application/ports/outbound/language-model.ts';
import { type Lease } from '../../../domain/turn.ts';
import { type ContactRow } from '../sql/contact-row.ts';
import { type PostgresContacts, lockFreeContacts } from './postgres-contacts.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession } from './postgres-session.ts';

/** Who may answer whom. A lease that has run out is good until somebody else takes the contact. */
export class LeaseBook {
  readonly #context: PostgresContext;
  readonly #contacts: PostgresContacts;

  constructor(context: PostgresContext, contacts: PostgresContacts) {
    this.#context = context;
    this.#contacts = contacts;
  }

  /** The leased contact, locked; `undefined` when the lease is lost. */
  async hold(tx: PostgresSession, lease: Lease): Promise<ContactRow | undefined> {
    const contact = await this.#contacts.lock(tx, lease.contactId);
    return isHeld(contact, lease) ? contact : undefined;
  }

  /** What a look without a lock says. */
  async stateOf(session: PostgresSession, lease: Lease): Promise<LeaseState> {
    const contact = await this.#contacts.byId(session, lease.contactId);
    if (!isHeld(contact, lease)) return 'lost';
    return (await this.hasNewer(session, lease)) ? 'superseded' : 'held';
  }

  async renew(tx: PostgresSession, lease: Lease): Promise<LeaseState> {
    if ((await this.hold(tx, lease)) === undefined) return 'lost';
    await tx.run(
      'UPDATE contact SET lease_until = $1 WHERE id = $2',
      (await tx.now()) + this.#context.settings.leaseMs,
      lease.contactId,
    );
    return (await this.hasNewer(tx, lease)) ? 'superseded' : 'held';
  }

  /** Neither a fresh start nor a shutdown is the messages' fault, so neither counts as an attempt. */
  async giveBack(
    tx: PostgresSession,
    lease: Lease,
    how: HandBack,
    spent: TokenUse = NO_TOKENS,
  ): Promise<void> {
    const contact = await this.hold(tx, lease);
    if (contact === undefined) return;
    const isBlameless = typeof how === 'string';
    const notBefore = isBlameless ? undefined : (await tx.now()) + how.laterMs;
    await tx.run(
      `UPDATE contact SET lease_owner = NULL, lease_until = NULL, redo = redo + $1,
         attempts = attempts - $2, not_before = $3, ready_at = greatest(ready_at, $3)
       WHERE id = $4`,
      how === 'redo' ? 1 : 0,
      isBlameless ? 1 : 0,
      notBefore,
      contact.id,
    );
    if (spent.tokensIn + spent.tokensOut > 0) await recordSpent(tx, contact, spent);
  }

  /** What this process has leased at these instants is due again, and counts as not begun. */
  async freeTakenAt(tx: PostgresSession, instants: readonly number[]): Promise<void> {
    const { owner } = this.#context.settings;
    const isTaken =
      'ready_at IS NOT NULL AND lease_owner = $1 AND lease_since = ANY ($2::bigint[])';
    const taken = `SELECT id FROM contact WHERE ${isTaken}`;
    const ids = await lockFreeContacts(tx, taken, owner, instants);
    await tx.run(
      `UPDATE contact SET lease_owner = NULL, lease_until = NULL, fence = fence + 1, attempts = attempts - 1
       WHERE id = ANY ($3::bigint[]) AND ${isTaken}`,
      owner,
      instants,
      ids,
    );
  }

  async hasNewer(session: PostgresSession, { contactId, lastMessageId }: Lease): Promise<boolean> {
    const newer = await session.get(
      `SELECT 1 FROM inbox WHERE contact_id = $1 AND state = 'pending' AND id > $2 LIMIT 1`,
      contactId,
      lastMessageId,
    );
    return newer !== undefined;
  }
}

/** A turn that was begun anew has cost all the same. */
async function recordSpent(
  tx: PostgresSession,
  contact: ContactRow,
  spent: TokenUse,
): Promise<void> {
  await tx.run(
    `INSERT INTO turn (contact_id, fence, redo, attempts, started_at, ended_at, outcome, tokens_in,
       tokens_cached, tokens_out)
     VALUES ($1, $2, $3, $4, $5, $6, 'redone', $7, $8, $9)`,
    contact.id,
    contact.fence,
    contact.redo,
    contact.attempts,
    contact.lease_since,
    await tx.now(),
    spent.tokensIn,
    spent.tokensCached,
    spent.tokensOut,
  );
}

function isHeld(contact: ContactRow | undefined, lease: Lease): contact is ContactRow {
  return contact?.fence === lease.token && contact.lease_owner === lease.owner;
}
