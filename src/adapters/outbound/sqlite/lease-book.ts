import { type HandBack, type LeaseState } from '../../../application/ports/outbound/inbox.ts';
import { NO_TOKENS, type TokenUse } from '../../../application/ports/outbound/language-model.ts';
import { type Lease } from '../../../domain/turn.ts';
import { type ContactRow } from '../sql/contact-row.ts';
import { type SqliteContacts } from './sqlite-contacts.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** Who may answer whom. A lease that has run out is good until somebody else takes the contact. */
export class LeaseBook {
  readonly #context: SqliteContext;
  readonly #contacts: SqliteContacts;

  constructor(context: SqliteContext, contacts: SqliteContacts) {
    this.#context = context;
    this.#contacts = contacts;
  }

  /** The leased contact; `undefined` when the lease is lost. */
  holding(lease: Lease): ContactRow | undefined {
    const contact = this.#contacts.byId(lease.contactId);
    const isHeld = contact?.fence === lease.token && contact.lease_owner === lease.owner;
    return isHeld ? contact : undefined;
  }

  stateOf(lease: Lease): LeaseState {
    if (this.holding(lease) === undefined) return 'lost';
    return this.hasNewer(lease) ? 'superseded' : 'held';
  }

  renew(lease: Lease): LeaseState {
    const state = this.stateOf(lease);
    if (state === 'lost') return state;
    const { db, clock, settings } = this.#context;
    db.run(
      'UPDATE contact SET lease_until = ? WHERE id = ?',
      clock.now() + settings.leaseMs,
      lease.contactId,
    );
    return state;
  }

  /** Neither a fresh start nor a shutdown is the messages' fault, so neither counts as an attempt. */
  giveBack(lease: Lease, how: HandBack, spent: TokenUse = NO_TOKENS): void {
    const contact = this.holding(lease);
    if (contact === undefined) return;
    const { db, clock } = this.#context;
    const isBlameless = typeof how === 'string';
    const notBefore = isBlameless ? undefined : clock.now() + how.laterMs;
    db.run(
      `UPDATE contact SET lease_owner = NULL, lease_until = NULL, redo = redo + ?,
         attempts = attempts - ?, not_before = ?, ready_at = max(ready_at, ?)
       WHERE id = ?`,
      how === 'redo' ? 1 : 0,
      isBlameless ? 1 : 0,
      notBefore,
      notBefore ?? 0,
      contact.id,
    );
    if (spent.tokensIn + spent.tokensOut > 0) this.#recordSpent(contact, spent);
  }

  /** A turn that was begun anew has cost all the same. */
  #recordSpent(contact: ContactRow, spent: TokenUse): void {
    const { db, clock } = this.#context;
    db.run(
      `INSERT INTO turn (contact_id, fence, redo, attempts, started_at, ended_at, outcome, tokens_in,
         tokens_cached, tokens_out)
       VALUES (?, ?, ?, ?, ?, ?, 'redone', ?, ?, ?)`,
      contact.id,
      contact.fence,
      contact.redo,
      contact.attempts,
      contact.lease_since,
      clock.now(),
      spent.tokensIn,
      spent.tokensCached,
      spent.tokensOut,
    );
  }

  hasNewer({ contactId, lastMessageId }: Lease): boolean {
    return (
      this.#context.db.get(
        `SELECT 1 FROM inbox INDEXED BY inbox_waiting
         WHERE contact_id = ? AND state = 'pending' AND id > ? LIMIT 1`,
        contactId,
        lastMessageId,
      ) !== undefined
    );
  }
}
