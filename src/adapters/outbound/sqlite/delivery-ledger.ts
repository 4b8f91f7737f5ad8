import { REPLY_HELD, replyFailed } from '../../../domain/dead-letter.ts';
import { type OutboxId } from '../../../domain/delivery.ts';
import { type SendCounts } from './send-counts.ts';
import { replyAddress } from '../sql/contact-row.ts';
import { type NewReply, type ReplyRow } from '../sql/reply-rows.ts';
import { type SqliteContacts } from './sqlite-contacts.ts';
import { type SqliteContext } from './sqlite-context.ts';
import { textHash } from '../sql/text-hash.ts';

/** Begins and ends outbox rows, inside the caller's transaction. */
export class DeliveryLedger {
  readonly #context: SqliteContext;
  readonly #contacts: SqliteContacts;
  readonly #counts: SendCounts;

  constructor(context: SqliteContext, contacts: SqliteContacts, counts: SendCounts) {
    this.#context = context;
    this.#contacts = contacts;
    this.#counts = counts;
  }

  /** Leaves the parts due in their order, and the whole reply in the history. */
  write(reply: NewReply): OutboxId[] {
    const historyId = this.#remember(reply);
    const { db, clock, settings } = this.#context;
    const now = clock.now();
    return reply.parts.map((body, partNo) => {
      const { id } = db.run(
        `INSERT INTO outbox (instance, contact_id, to_jid, source, turn_id, part_no, history_id, kind,
           body, body_hash, state, created_at, due_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, 'text', ?, ?, 'pending', ?, ?)`,
        settings.instance,
        reply.contact.id,
        replyAddress(reply.contact),
        reply.source,
        reply.turnId,
        partNo,
        historyId,
        body,
        textHash(body) ?? '',
        now,
        now,
      );
      return id as OutboxId;
    });
  }

  /** A reply that has left proves that the instance is not refused any more. */
  markSent(reply: ReplyRow, how: 'response' | 'echo', gatewayId: string | undefined): void {
    const { db, clock, settings } = this.#context;
    db.run(
      `UPDATE outbox SET state = 'sent', how = ?, wa_message_id = ?, due_at = NULL, ended_at = ?, last_error = NULL
       WHERE id = ?`,
      how,
      gatewayId,
      clock.now(),
      reply.id,
    );
    this.#counts.add(how, reply.contact_id);
    db.run(
      `UPDATE instance SET paused_until = NULL, pause_reason = NULL
       WHERE id = ? AND pause_reason IS NOT NULL`,
      settings.instance,
    );
  }

  /** A reply that never leaves is a person's to look after. */
  markFailed(reply: ReplyRow, reason: string): void {
    this.#giveUp(reply, 'failed', reason);
    this.#contacts.flag(reply.contact_id, replyFailed(reason));
  }

  /** A reply of which nobody can say whether it arrived is a person's to look after. */
  markHeld(reply: ReplyRow): void {
    this.#giveUp(reply, 'held', 'envio sem confirmação');
    this.#contacts.flag(reply.contact_id, REPLY_HELD);
  }

  /** It may have left once, and leaves again as soon as it can. */
  markRepeated(reply: ReplyRow, isUnwanted: boolean): void {
    const { db, clock } = this.#context;
    db.run(
      `UPDATE outbox SET state = 'pending', resends = resends + 1, due_at = ?,
         unconfirmed_since = coalesce(unconfirmed_since, started_at)
       WHERE id = ?`,
      clock.now(),
      reply.id,
    );
    if (!isUnwanted) this.#counts.add('resent', reply.contact_id);
  }

  /** A person wants it sent: it is as a new one, or as one that leaves again without proof. */
  markRetried(reply: ReplyRow, state: 'failed' | 'held'): void {
    const { db, clock } = this.#context;
    const now = clock.now();
    if (state === 'held') this.markRepeated(reply, false);
    db.run(
      `UPDATE outbox SET state = 'pending', due_at = ?, ended_at = NULL, retried_at = ? WHERE id = ?`,
      now,
      now,
      reply.id,
    );
  }

  #giveUp({ id, contact_id: contactId }: ReplyRow, state: 'failed' | 'held', why: string): void {
    const { db, clock } = this.#context;
    db.run(
      'UPDATE outbox SET state = ?, due_at = NULL, ended_at = ?, last_error = ? WHERE id = ?',
      state,
      clock.now(),
      why,
      id,
    );
    this.#counts.add(state, contactId);
  }

  #remember({ contact, parts, source, turnId, approved }: NewReply): number {
    return this.#context.db.run(
      `INSERT INTO history (contact_id, author, source, kind, text, turn_id, approved, at)
       VALUES (?, ?, ?, 'text', ?, ?, ?, ?)`,
      contact.id,
      source === 'manual' ? 'person' : 'agent',
      source,
      parts.join('\n'),
      turnId,
      approved && 1,
      this.#context.clock.now(),
    ).id;
  }
}
