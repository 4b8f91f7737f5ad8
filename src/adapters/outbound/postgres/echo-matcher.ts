import { type ContactId } from '../../../domain/contact.ts';
import { type OutboxId } from '../../../domain/delivery.ts';
import { type IncomingMessage } from '../../../domain/incoming-message.ts';
import { LATE_ECHO_MS, possibleEchoes } from '../../../domain/takeover.ts';
import { type BegunRow, type SeenMessage } from '../sql/echo-rows.ts';
import { type ReplyRow } from '../sql/reply-rows.ts';
import { type DeliveryLedger } from './delivery-ledger.ts';
import { type EchoBook } from './echo-book.ts';
import { type PostgresContacts } from './postgres-contacts.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession } from './postgres-session.ts';
import { type SendCounts } from './send-counts.ts';
import { textHash } from '../sql/text-hash.ts';

/** What a match stands on; all of it joins the caller's transaction. */
export interface MatcherParts {
  readonly contacts: PostgresContacts;
  readonly ledger: DeliveryLedger;
  readonly echoes: EchoBook;
  readonly counts: SendCounts;
}

/** Tells our own sends, which the gateway reports back, from what a person typed on the phone. */
export class EchoMatcher {
  readonly #context: PostgresContext;
  readonly #parts: MatcherParts;

  constructor(context: PostgresContext, parts: MatcherParts) {
    this.#context = context;
    this.#parts = parts;
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
    if (await this.#parts.contacts.isKnown(tx, identity)) return;
    const seen = await this.#onlyOpen(tx, words);
    if (seen === undefined) return;
    await this.#parts.contacts.lock(tx, seen);
    // What was seen before the lock may be over.
    if ((await this.#onlyOpen(tx, words)) === seen)
      await this.#parts.contacts.name(tx, seen, identity);
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
    const match = (await tx.get(
      `SELECT id, contact_id FROM outbox
       WHERE contact_id = $1 AND due_at IS NOT NULL AND body_hash = $2
         AND (state IN ('sending', 'unknown') OR (state = 'pending' AND resends > 0))
       ORDER BY id LIMIT 1`,
      contactId,
      textHash(message.text),
    )) as ReplyRow | undefined;
    if (match === undefined) return false;
    await this.#parts.ledger.markSent(tx, match, { how: 'echo', gatewayId: message.id });
    await this.keep(tx, message, contactId, match.id);
    return true;
  }

  /**
   * Known by the words of a send that ended before its echo came: confirmed under another id,
   * repeated, cancelled, or held after silence, which is set right.
   */
  async #isLate(
    tx: PostgresSession,
    message: IncomingMessage,
    contactId: ContactId,
  ): Promise<boolean> {
    const rows = (await tx.all(
      `SELECT id, contact_id, state, resends, (SELECT count(*) FROM echo WHERE claimed_by = outbox.id) AS echoes
       FROM outbox WHERE contact_id = $1 AND body_hash = $2
         AND (started_at > $3 OR (state = 'held' AND ended_at > $3))
       ORDER BY id`,
      contactId,
      textHash(message.text),
      (await tx.now()) - LATE_ECHO_MS,
    )) as unknown as readonly BegunRow[];
    const match = rows.find((row) => row.echoes < possibleEchoes(row));
    if (match === undefined) return false;
    if (match.state === 'held') {
      await this.#parts.ledger.markSent(tx, match, { how: 'echo', gatewayId: message.id });
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
    const seenAt = seen.at ?? (await tx.now());
    const kept = await tx.run(
      `INSERT INTO echo (instance, wa_message_id, contact_id, kind, text, body_hash, seen_at, claimed_by, settled_as)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (instance, wa_message_id) DO NOTHING`,
      this.#context.settings.instance,
      seen.id,
      contactId,
      seen.kind,
      seen.text,
      textHash(seen.text) ?? '',
      seenAt,
      claimedBy,
      claimedBy === undefined ? 'person' : 'sent',
    );
    if (kept === 1 && claimedBy !== undefined) {
      await this.#note(tx, claimedBy, { gatewayId: seen.id, at: seenAt });
    }
  }

  /** An echo that was not seen before tells how fast the gateway is, and perhaps of a second copy. */
  async #note(
    tx: PostgresSession,
    id: OutboxId,
    seen: { readonly gatewayId: string; readonly at: number },
  ): Promise<void> {
    const { echoes, counts } = this.#parts;
    await echoes.note(tx, id, seen);
    const row = await tx.get('SELECT wa_message_id FROM outbox WHERE id = $1', id);
    if (row?.['wa_message_id'] !== seen.gatewayId) await counts.addIfDuplicate(tx, id);
  }
}
