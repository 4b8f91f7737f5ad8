import { type ContactId } from '../../../domain/contact.ts';
import { type OutboxId } from '../../../domain/delivery.ts';
import { type IncomingMessage } from '../../../domain/incoming-message.ts';
import { LATE_ECHO_MS, possibleEchoes } from '../../../domain/takeover.ts';
import { type BegunRow, type SeenMessage } from '../sql/echo-rows.ts';
import { type ReplyRow } from '../sql/reply-rows.ts';
import { type DeliveryLedger } from './delivery-ledger.ts';
import { type EchoBook } from './echo-book.ts';
import { type SendCounts } from './send-counts.ts';
import { type SqliteContacts } from './sqlite-contacts.ts';
import { type SqliteContext } from './sqlite-context.ts';
import { textHash } from '../sql/text-hash.ts';

/** What a match stands on; all of it joins the caller's transaction. */
export interface MatcherParts {
  readonly contacts: SqliteContacts;
  readonly ledger: DeliveryLedger;
  readonly echoes: EchoBook;
  readonly counts: SendCounts;
}

/** Tells our own sends, which the gateway reports back, from what a person typed on the phone. */
export class EchoMatcher {
  readonly #context: SqliteContext;
  readonly #parts: MatcherParts;

  constructor(context: SqliteContext, parts: MatcherParts) {
    this.#context = context;
    this.#parts = parts;
  }

  /**
   * Whether the message is one of ours; if a delivery was open for it, it is settled as sent.
   * Only a delivery that has begun can be settled: a forged echo must not keep a reply from leaving.
   */
  settle(message: IncomingMessage, contactId: ContactId): boolean {
    return (
      this.#isKnown(message, contactId) ||
      this.#settleOpen(message, contactId) ||
      this.#isLate(message, contactId)
    );
  }

  /**
   * An echo may name the contact by a lid that nobody has seen yet. Where exactly one open delivery,
   * to a contact without a lid, has these words, that contact's lid it is.
   */
  learnAddress({ identity, text }: IncomingMessage): void {
    const { db, settings } = this.#context;
    const words = textHash(text);
    const isUnknownLid =
      identity.phone === undefined && this.#parts.contacts.find(identity).length === 0;
    if (words === undefined || !isUnknownLid) return;
    const open = db.all(
      `SELECT contact.id FROM outbox JOIN contact ON contact.id = outbox.contact_id
       WHERE outbox.due_at IS NOT NULL AND outbox.instance = ? AND outbox.body_hash = ?
         AND outbox.state IN ('sending', 'unknown') AND contact.lid_jid IS NULL LIMIT 2`,
      settings.instance,
      words,
    );
    if (open.length === 1) this.#parts.contacts.name(open[0]?.['id'] as ContactId, identity);
  }

  /** Known by its id. The echo is kept all the same: how many there have been is what counts later. */
  #isKnown(message: IncomingMessage, contactId: ContactId): boolean {
    const id = this.replyWithId(message.id);
    if (id === undefined) return false;
    this.keep(message, contactId, id);
    return true;
  }

  /** The reply that is known to have left under the id. */
  replyWithId(gatewayId: string | undefined): OutboxId | undefined {
    if (gatewayId === undefined) return undefined;
    const { db, settings } = this.#context;
    const row = db.get(
      `SELECT id FROM outbox WHERE instance = ?1 AND wa_message_id = ?2
       UNION ALL
       SELECT claimed_by FROM echo
       WHERE instance = ?1 AND wa_message_id = ?2 AND claimed_by IS NOT NULL
       LIMIT 1`,
      settings.instance,
      gatewayId,
    );
    return row?.['id'] as OutboxId | undefined;
  }

  /** The oldest delivery with these words that has begun, or begun once and waits to be repeated. */
  #settleOpen(message: IncomingMessage, contactId: ContactId): boolean {
    const match = this.#context.db.get(
      `SELECT id, contact_id FROM outbox
       WHERE contact_id = ? AND due_at IS NOT NULL AND body_hash = ?
         AND (state IN ('sending', 'unknown') OR (state = 'pending' AND resends > 0))
       ORDER BY id LIMIT 1`,
      contactId,
      textHash(message.text),
    ) as ReplyRow | undefined;
    if (match === undefined) return false;
    this.#parts.ledger.markSent(match, 'echo', message.id);
    this.keep(message, contactId, match.id);
    return true;
  }

  /**
   * Known by the words of a send that ended before its echo came: confirmed under another id,
   * repeated, cancelled, or held after silence, which is set right.
   */
  #isLate(message: IncomingMessage, contactId: ContactId): boolean {
    const { db, clock } = this.#context;
    const rows = db.all(
      `SELECT id, contact_id, state, resends, (SELECT count(*) FROM echo WHERE claimed_by = outbox.id) AS echoes
       FROM outbox WHERE contact_id = ?1 AND body_hash = ?2
         AND (started_at > ?3 OR (state = 'held' AND ended_at > ?3))
       ORDER BY id`,
      contactId,
      textHash(message.text),
      clock.now() - LATE_ECHO_MS,
    ) as unknown as readonly BegunRow[];
    const match = rows.find((row) => row.echoes < possibleEchoes(row));
    if (match === undefined) return false;
    if (match.state === 'held') this.#parts.ledger.markSent(match, 'echo', message.id);
    this.keep(message, contactId, match.id);
    return true;
  }

  /** Keeps what was seen; without `claimedBy` a person typed it. */
  keep(seen: SeenMessage, contactId: ContactId, claimedBy: OutboxId | undefined): void {
    if (seen.id === undefined) return;
    const { db, clock, settings } = this.#context;
    const seenAt = seen.at ?? clock.now();
    const { changes } = db.run(
      `INSERT INTO echo (instance, wa_message_id, contact_id, kind, text, body_hash, seen_at, claimed_by, settled_as)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (instance, wa_message_id) DO NOTHING`,
      settings.instance,
      seen.id,
      contactId,
      seen.kind,
      seen.text,
      textHash(seen.text) ?? '',
      seenAt,
      claimedBy,
      claimedBy === undefined ? 'person' : 'sent',
    );
    if (changes === 1 && claimedBy !== undefined) this.#note(claimedBy, seen.id, seenAt);
  }

  /** An echo that was not seen before tells how fast the gateway is, and perhaps of a second copy. */
  #note(id: OutboxId, gatewayId: string, seenAt: number): void {
    const { echoes, counts } = this.#parts;
    echoes.note(id, gatewayId, seenAt);
    const row = this.#context.db.get('SELECT wa_message_id FROM outbox WHERE id = ?', id);
    if (row?.['wa_message_id'] !== gatewayId) counts.addIfDuplicate(id);
  }
}
