import { type ContactId } from '../../../domain/contact.ts';
import { type DeliveryState, type OutboxId } from '../../../domain/delivery.ts';
import { type IncomingMessage } from '../../../domain/incoming-message.ts';
import { LATE_ECHO_MS, possibleEchoes } from '../../../domain/takeover.ts';
import { type DeliveryLedger } from './delivery-ledger.ts';
import { type PostgresContacts } from './postgres-contacts.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession } from './postgres-session.ts';
import { textHash } from './text-hash.ts';

interface BegunRow {
  readonly id: OutboxId;
  readonly state: DeliveryState;
  readonly resends: number;
  /** How many echoes of it have been seen. */
  readonly echoes: number;
}

/** A message from our own number. */
type SeenMessage = Pick<IncomingMessage, 'kind' | 'text'> & { readonly id?: string | undefined };

/** Tells our own sends, which the gateway reports back, from what a person typed on the phone. */
export class EchoMatcher {
  readonly #context: PostgresContext;
  readonly #contacts: PostgresContacts;
  readonly #ledger: DeliveryLedger;

  constructor(context: PostgresContext, contacts: PostgresContacts, ledger: DeliveryLedger) {
    this.#context = context;
    this.#contacts = contacts;
    this.#ledger = ledger;
  }

  /**
   * Whether the message is one of ours; if a delivery was open for it, it is settled as sent.
   * Only a delivery that has begun can be settled: a forged echo must not keep a reply from leaving.
   */
  async settle(
    tx: PostgresSession,
    message: IncomingMessage,
    contactId: ContactId,
  ): Promise<boolean> {
    return (
      (await this.#isKnown(tx, message, contactId)) ||
      (await this.#settleOpen(tx, message, contactId)) ||
      (await this.#isLate(tx, message, contactId))
    );
  }

  /**
   * An echo may name the contact by a lid that nobody has seen yet. Where exactly one open delivery,
   * to a contact without a lid, has these words, that contact's lid it is.
   */
  async learnAddress(tx: PostgresSession, { identity, text }: IncomingMessage): Promise<void> {
    const words = textHash(text);
    if (words === undefined || identity.phone !== undefined) return;
    if (await this.#contacts.isKnown(tx, identity)) return;
    const seen = await this.#onlyOpen(tx, words);
    if (seen === undefined) return;
    await this.#contacts.lock(tx, seen);
    // What was seen before the lock may be over.
    if ((await this.#onlyOpen(tx, words)) === seen) await this.#contacts.name(tx, seen, identity);
  }

  /** The one contact without a lid to whom a delivery with these words has begun. */
  async #onlyOpen(tx: PostgresSession, words: string): Promise<ContactId | undefined> {
    const open = await tx.all(
      `SELECT contact.id FROM outbox JOIN contact ON contact.id = outbox.contact_id
       WHERE outbox.due_at IS NOT NULL AND outbox.instance = $1 AND outbox.body_hash = $2
         AND outbox.state IN ('sending', 'unknown') AND contact.lid_jid IS NULL LIMIT 2`,
      this.#context.settings.instance,
      words,
    );
    return open.length === 1 ? (open[0]?.['id'] as ContactId) : undefined;
  }

  /** Known by its id. The echo is kept all the same: how many there have been is what counts later. */
  async #isKnown(
    tx: PostgresSession,
    message: IncomingMessage,
    contactId: ContactId,
  ): Promise<boolean> {
    const id = await this.replyWithId(tx, message.id);
    if (id === undefined) return false;
    await this.keep(tx, message, contactId, id);
    return true;
  }

  /** The reply that is known to have left under the id. */
  async replyWithId(
    tx: PostgresSession,
    gatewayId: string | undefined,
  ): Promise<OutboxId | undefined> {
    if (gatewayId === undefined) return undefined;
    const row = await tx.get(
      `SELECT coalesce(
         (SELECT min(id) FROM outbox WHERE instance = $1 AND wa_message_id = $2),
         (SELECT claimed_by FROM echo WHERE instance = $1 AND wa_message_id = $2)) AS id`,
      this.#context.settings.instance,
      gatewayId,
    );
    const id = row?.['id'] as OutboxId | null | undefined;
    return id ?? undefined;
  }

  /** The oldest delivery with these words that has begun, or begun once and waits to be repeated. */
  async #settleOpen(
    tx: PostgresSession,
    message: IncomingMessage,
    contactId: ContactId,
  ): Promise<boolean> {
    const match = await tx.get(
      `SELECT id FROM outbox
       WHERE contact_id = $1 AND due_at IS NOT NULL AND body_hash = $2
         AND (state IN ('sending', 'unknown') OR (state = 'pending' AND resends > 0))
       ORDER BY id LIMIT 1`,
      contactId,
      textHash(message.text),
    );
    if (match === undefined) return false;
    const id = match['id'] as OutboxId;
    await this.#ledger.markSent(tx, id, { how: 'echo', gatewayId: message.id });
    await this.keep(tx, message, contactId, id);
    return true;
  }

  /**
   * Known by the words of a send that ended before its echo came: confirmed under another id,
   * repeated, cancelled, or given up after silence, which is set right.
   */
  async #isLate(
    tx: PostgresSession,
    message: IncomingMessage,
    contactId: ContactId,
  ): Promise<boolean> {
    const rows = (await tx.all(
      `SELECT id, state, resends, (SELECT count(*) FROM echo WHERE claimed_by = outbox.id) AS echoes
       FROM outbox WHERE contact_id = $1 AND body_hash = $2 AND started_at > $3 ORDER BY id`,
      contactId,
      textHash(message.text),
      (await tx.now()) - LATE_ECHO_MS,
    )) as unknown as readonly BegunRow[];
    const match = rows.find((row) => row.echoes < possibleEchoes(row));
    if (match === undefined) return false;
    if (match.state === 'failed') {
      await this.#ledger.markSent(tx, match.id, { how: 'echo', gatewayId: message.id });
    }
    await this.keep(tx, message, contactId, match.id);
    return true;
  }

  /** Keeps what was seen; without `claimedBy` a person typed it. */
  async keep(
    tx: PostgresSession,
    seen: SeenMessage,
    contactId: ContactId,
    claimedBy: OutboxId | undefined,
  ): Promise<void> {
    if (seen.id === undefined) return;
    await tx.run(
      `INSERT INTO echo (instance, wa_message_id, contact_id, kind, text, body_hash, seen_at, claimed_by, settled_as)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (instance, wa_message_id) DO NOTHING`,
      this.#context.settings.instance,
      seen.id,
      contactId,
      seen.kind,
      seen.text,
      textHash(seen.text) ?? '',
      await tx.now(),
      claimedBy,
      claimedBy === undefined ? 'person' : 'sent',
    );
  }
}
