import { type LeaseState, type TurnResult } from '../../../application/ports/outbound/inbox.ts';
import { type Lease } from '../../../domain/turn.ts';
import { type DeliveryLedger } from './delivery-ledger.ts';
import { type LeaseBook } from './lease-book.ts';
import { type ContactRow } from '../sql/contact-row.ts';
import { type PostgresContacts } from './postgres-contacts.ts';
import { type PostgresDedupCache } from './postgres-dedup-cache.ts';
import { type PostgresSession } from './postgres-session.ts';

/** What the commit stands on; all of it joins the one transaction. */
export interface CommitParts {
  readonly contacts: PostgresContacts;
  readonly leases: LeaseBook;
  readonly ledger: DeliveryLedger;
  readonly dedup: PostgresDedupCache;
}

/** Ends a turn, inside the caller's transaction. */
export class TurnCommit {
  readonly #parts: CommitParts;

  constructor(parts: CommitParts) {
    this.#parts = parts;
  }

  async commit(tx: PostgresSession, lease: Lease, result: TurnResult): Promise<LeaseState> {
    const { contacts, leases } = this.#parts;
    const contact = await leases.hold(tx, lease);
    if (contact === undefined) return 'lost';
    if (!result.evenIfNewer && (await leases.hasNewer(tx, lease))) return 'superseded';
    const turnId = await record(tx, contact, result);
    await endMessages(tx, lease, turnId, result);
    await this.#follow(tx, contact, turnId, result);
    await tx.run(
      `UPDATE contact SET lease_owner = NULL, lease_until = NULL, redo = 0, attempts = 0, deaths = 0,
         not_before = NULL
       WHERE id = $1`,
      contact.id,
    );
    await contacts.reschedule(tx, contact.id);
    return 'held';
  }

  /** What a turn leaves to be done: its reply, and what is to be remembered of it. */
  async #follow(
    tx: PostgresSession,
    contact: ContactRow,
    turnId: number,
    { parts, source, approved, flag, remember }: TurnResult,
  ): Promise<void> {
    const { contacts, ledger, dedup } = this.#parts;
    if (parts.length > 0) await ledger.write(tx, { contact, parts, source, turnId, approved });
    if (flag !== undefined) await contacts.flag(tx, contact.id, flag);
    if (remember !== undefined) await dedup.rememberIn(tx, remember.key, remember.ttlMs);
  }
}

async function record(
  tx: PostgresSession,
  contact: ContactRow,
  { outcome, record: facts }: TurnResult,
): Promise<number> {
  return tx.insert(
    `INSERT INTO turn (contact_id, fence, redo, attempts, started_at, ended_at, outcome, model, tokens_in,
       tokens_cached, tokens_out, cost, model_ms, knowledge_version, passages, facts, verdict, unanswered, error)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    contact.id,
    contact.fence,
    contact.redo,
    contact.attempts,
    contact.lease_since,
    await tx.now(),
    outcome,
    facts.model,
    facts.tokensIn,
    facts.tokensCached,
    facts.tokensOut,
    facts.cost,
    facts.modelMs,
    facts.knowledgeVersion,
    facts.passages && JSON.stringify(facts.passages),
    facts.facts && JSON.stringify(facts.facts),
    facts.verdict,
    facts.unanswered === true ? 1 : undefined,
    facts.error,
  );
}

/** The customer's words enter the history at the times at which they came in. */
async function endMessages(
  tx: PostgresSession,
  lease: Lease,
  turnId: number,
  { outcome }: TurnResult,
): Promise<void> {
  const isSilent = outcome === 'silent';
  await tx.run(
    `UPDATE inbox SET state = $1, reason = $2, turn_id = $3
     WHERE contact_id = $4 AND state = 'pending' AND id <= $5`,
    isSilent ? 'ignored' : 'answered',
    isSilent ? 'silent' : undefined,
    turnId,
    lease.contactId,
    lease.lastMessageId,
  );
  await tx.run(
    `INSERT INTO history (contact_id, author, kind, text, message_id, turn_id, at)
     SELECT contact_id, 'customer', kind, text, id, turn_id, received_at
     FROM inbox WHERE turn_id = $1 ORDER BY id`,
    turnId,
  );
}
