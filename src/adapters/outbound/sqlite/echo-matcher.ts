import { type ContactId } from '../../../domain/contact.ts';
import { type OutboxId } from '../../../domain/delivery.ts';
import { type IncomingMessage } from '../../../domain/incoming-message.ts';
import { type DeliveryLedger } from './delivery-ledger.ts';
import { type SqliteContext } from './sqlite-context.ts';
import { textHash } from './text-hash.ts';

/** Tells our own sends, which the gateway reports back, from what a person typed on the phone. */
export class EchoMatcher {
  readonly #context: SqliteContext;
  readonly #ledger: DeliveryLedger;

  constructor(context: SqliteContext, ledger: DeliveryLedger) {
    this.#context = context;
    this.#ledger = ledger;
  }

  /**
   * Whether the message is one of ours; if a delivery was open for it, it is settled as sent.
   * Only a delivery that has begun can be settled: a forged echo must not keep a reply from leaving.
   */
  settle(message: IncomingMessage, contactId: ContactId): boolean {
    if (message.id !== undefined && this.#isOurs(message.id)) return true;
    const match = this.#context.db.get(
      `SELECT id FROM outbox
       WHERE contact_id = ? AND due_at IS NOT NULL AND state IN ('sending', 'unknown') AND body_hash = ?
       ORDER BY id LIMIT 1`,
      contactId,
      textHash(message.text),
    );
    if (match === undefined) return false;
    const id = match['id'] as OutboxId;
    this.#ledger.markSent(id, 'echo', message.id);
    this.#keep(message, contactId, id);
    return true;
  }

  /** Keeps what a person typed, so that it can be told from an echo that comes late. */
  keepUnmatched(message: IncomingMessage, contactId: ContactId): void {
    this.#keep(message, contactId, undefined);
  }

  #isOurs(gatewayId: string): boolean {
    const { db, settings } = this.#context;
    return (
      db.get(
        `SELECT 1 FROM outbox WHERE instance = ?1 AND wa_message_id = ?2
         UNION ALL
         SELECT 1 FROM echo WHERE instance = ?1 AND wa_message_id = ?2 AND claimed_by IS NOT NULL
         LIMIT 1`,
        settings.instance,
        gatewayId,
      ) !== undefined
    );
  }

  #keep(message: IncomingMessage, contactId: ContactId, claimedBy: OutboxId | undefined): void {
    if (message.id === undefined) return;
    const { db, clock, settings } = this.#context;
    db.run(
      `INSERT INTO echo (instance, wa_message_id, contact_id, kind, text, body_hash, seen_at, claimed_by, settled_as)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (instance, wa_message_id) DO NOTHING`,
      settings.instance,
      message.id,
      contactId,
      message.kind,
      message.text,
      textHash(message.text) ?? '',
      clock.now(),
      claimedBy,
      claimedBy === undefined ? 'person' : 'sent',
    );
  }
}
