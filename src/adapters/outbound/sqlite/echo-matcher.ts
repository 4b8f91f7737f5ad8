import { type ContactId } from '../../../domain/contact.ts';
import { type DeliveryState, type OutboxId } from '../../../domain/delivery.ts';
import { type IncomingMessage } from '../../../domain/incoming-message.ts';
import { type DeliveryLedger } from './delivery-ledger.ts';
import { type SqliteContacts } from './sqlite-contacts.ts';
import { type SqliteContext } from './sqlite-context.ts';
import { textHash } from './text-hash.ts';

/** For how long the echo of a reply that has ended is waited for, ms. */
const LATE_ECHO_MS = 600_000;

interface Settled {
  readonly id: OutboxId;
  readonly state: DeliveryState;
}

/** Tells our own sends, which the gateway reports back, from what a person typed on the phone. */
export class EchoMatcher {
  readonly #context: SqliteContext;
  readonly #contacts: SqliteContacts;
  readonly #ledger: DeliveryLedger;

  constructor(context: SqliteContext, contacts: SqliteContacts, ledger: DeliveryLedger) {
    this.#context = context;
    this.#contacts = contacts;
    this.#ledger = ledger;
  }

  /**
   * Whether the message is one of ours; if a delivery was open for it, it is settled as sent.
   * Only a delivery that has begun can be settled: a forged echo must not keep a reply from leaving.
   */
  settle(message: IncomingMessage, contactId: ContactId): boolean {
    if (message.id !== undefined && this.#isOurs(message.id)) return true;
    const words = textHash(message.text);
    const match = this.#begun(contactId, words) ?? this.#sentTwice(contactId, words);
    if (match === undefined) return false;
    if (match.state !== 'sent') this.#ledger.markSent(match.id, 'echo', message.id);
    this.#keep(message, contactId, match.id);
    return true;
  }

  /**
   * An echo may name the contact by a lid that nobody has seen yet. Where exactly one open delivery,
   * to a contact without a lid, has these words, that contact's lid it is.
   */
  learnAddress({ identity, text }: IncomingMessage): void {
    const { db, settings } = this.#context;
    const words = textHash(text);
    const isUnknownLid = identity.phone === undefined && this.#contacts.find(identity).length === 0;
    if (words === undefined || !isUnknownLid) return;
    const open = db.all(
      `SELECT contact.id FROM outbox JOIN contact ON contact.id = outbox.contact_id
       WHERE outbox.due_at IS NOT NULL AND outbox.instance = ? AND outbox.body_hash = ?
         AND outbox.state IN ('sending', 'unknown') AND contact.lid_jid IS NULL LIMIT 2`,
      settings.instance,
      words,
    );
    if (open.length === 1) this.#contacts.name(open[0]?.['id'] as ContactId, identity);
  }

  /** The oldest delivery with these words that has begun, or begun once and waits to be repeated. */
  #begun(contactId: ContactId, words: string | undefined): Settled | undefined {
    return this.#context.db.get(
      `SELECT id, state FROM outbox
       WHERE contact_id = ? AND due_at IS NOT NULL AND body_hash = ?
         AND (state IN ('sending', 'unknown') OR (state = 'pending' AND resends > 0))
       ORDER BY id LIMIT 1`,
      contactId,
      words,
    ) as Settled | undefined;
  }

  /** A reply that was sent again may echo as often as it was tried, also after it has ended. */
  #sentTwice(contactId: ContactId, words: string | undefined): Settled | undefined {
    const { db, clock } = this.#context;
    return db.get(
      `SELECT id, state FROM outbox
       WHERE contact_id = ? AND body_hash = ? AND resends > 0 AND state IN ('sent', 'failed')
         AND ended_at > ? AND (SELECT count(*) FROM echo WHERE claimed_by = outbox.id) < attempt
       ORDER BY id LIMIT 1`,
      contactId,
      words,
      clock.now() - LATE_ECHO_MS,
    ) as Settled | undefined;
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
