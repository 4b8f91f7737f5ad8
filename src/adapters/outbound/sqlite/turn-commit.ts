import { type LeaseState, type TurnResult } from '../../../application/ports/outbound/inbox.ts';
import { type Lease } from '../../../domain/turn.ts';
import { type DeliveryLedger } from './delivery-ledger.ts';
import { type LeaseBook } from './lease-book.ts';
import { type ContactRow } from '../sql/contact-row.ts';
import { type SqliteContacts } from './sqlite-contacts.ts';
import { type SqliteContext } from './sqlite-context.ts';
import { type SqliteDedupCache } from './sqlite-dedup-cache.ts';

/** What the commit stands on; all of it joins the one transaction. */
export interface CommitParts {
  readonly contacts: SqliteContacts;
  readonly leases: LeaseBook;
  readonly ledger: DeliveryLedger;
  readonly dedup: SqliteDedupCache;
}

/** Ends a turn, inside the caller's transaction. */
export class TurnCommit {
  readonly #context: SqliteContext;
  readonly #parts: CommitParts;

  constructor(context: SqliteContext, parts: CommitParts) {
    this.#context = context;
    this.#parts = parts;
  }

  commit(lease: Lease, result: TurnResult): LeaseState {
    const { contacts, leases, ledger, dedup } = this.#parts;
    const contact = leases.holding(lease);
    if (contact === undefined) return 'lost';
    if (!result.evenIfNewer && leases.hasNewer(lease)) return 'superseded';
    const turnId = this.#record(contact, result);
    this.#endMessages(lease, turnId, result);
    if (result.parts.length > 0) {
      const { parts, source, approved } = result;
      ledger.write({ contact, parts, source, turnId, approved });
    }
    if (result.flag !== undefined) contacts.flag(contact.id, result.flag);
    if (result.remember !== undefined) {
      dedup.rememberNow(result.remember.key, result.remember.ttlMs);
    }
    this.#context.db.run(
      `UPDATE contact SET lease_owner = NULL, lease_until = NULL, redo = 0, attempts = 0, deaths = 0,
         not_before = NULL
       WHERE id = ?`,
      contact.id,
    );
    contacts.reschedule(contact.id);
    return 'held';
  }

  #record(contact: ContactRow, { outcome, record }: TurnResult): number {
    return this.#context.db.run(
      `INSERT INTO turn (contact_id, fence, redo, attempts, started_at, ended_at, outcome, model, tokens_in,
         tokens_cached, tokens_out, cost, model_ms, knowledge_version, passages, facts, verdict, unanswered, error)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      contact.id,
      contact.fence,
      contact.redo,
      contact.attempts,
      contact.lease_since,
      this.#context.clock.now(),
      outcome,
      record.model,
      record.tokensIn,
      record.tokensCached,
      record.tokensOut,
      record.cost,
      record.modelMs,
      record.knowledgeVersion,
      record.passages && JSON.stringify(record.passages),
      record.facts && JSON.stringify(record.facts),
      record.verdict,
      record.unanswered === true ? 1 : undefined,
      record.error,
    ).id;
  }

  /** The customer's words enter the history at the times at which they came in. */
  #endMessages(lease: Lease, turnId: number, { outcome }: TurnResult): void {
    const { db } = this.#context;
    const isSilent = outcome === 'silent';
    db.run(
      `UPDATE inbox INDEXED BY inbox_waiting SET state = ?, reason = ?, turn_id = ?
       WHERE contact_id = ? AND state = 'pending' AND id <= ?`,
      isSilent ? 'ignored' : 'answered',
      isSilent ? 'silent' : undefined,
      turnId,
      lease.contactId,
      lease.lastMessageId,
    );
    db.run(
      `INSERT INTO history (contact_id, author, kind, text, message_id, turn_id, at)
       SELECT contact_id, 'customer', kind, text, id, turn_id, received_at
       FROM inbox WHERE turn_id = ? ORDER BY id`,
      turnId,
    );
  }
}
