import { type ContactId } from '../../../domain/contact.ts';
import { type OutboxId, type ReplySource } from '../../../domain/delivery.ts';
import { type ContactRow, type SqliteContacts, replyAddress } from './sqlite-contacts.ts';
import { type SqliteContext } from './sqlite-context.ts';
import { textHash } from './text-hash.ts';

/** A reply that is to be delivered. */
export interface NewReply {
  readonly contact: ContactRow;
  readonly parts: readonly string[];
  readonly source: ReplySource;
  readonly turnId?: number;
}

/** Begins and ends outbox rows, inside the caller's transaction. */
export class DeliveryLedger {
  readonly #context: SqliteContext;
  readonly #contacts: SqliteContacts;

  constructor(context: SqliteContext, contacts: SqliteContacts) {
    this.#context = context;
    this.#contacts = contacts;
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
  markSent(id: OutboxId, how: 'response' | 'echo', gatewayId: string | undefined): void {
    const { db, clock, settings } = this.#context;
    db.run(
      `UPDATE outbox SET state = 'sent', how = ?, wa_message_id = ?, due_at = NULL, ended_at = ?, last_error = NULL
       WHERE id = ?`,
      how,
      gatewayId,
      clock.now(),
      id,
    );
    db.run(
      `UPDATE instance SET paused_until = NULL, pause_reason = NULL
       WHERE id = ? AND pause_reason IS NOT NULL`,
      settings.instance,
    );
  }

  /** A reply that never leaves is a person's to look after. */
  markFailed(id: OutboxId, contactId: ContactId, reason: string): void {
    const { db, clock } = this.#context;
    db.run(
      `UPDATE outbox SET state = 'failed', due_at = NULL, ended_at = ?, last_error = ? WHERE id = ?`,
      clock.now(),
      reason,
      id,
    );
    this.#contacts.flag(contactId, `resposta não entregue: ${reason}`);
  }

  #remember({ contact, parts, source, turnId }: NewReply): number {
    return this.#context.db.run(
      `INSERT INTO history (contact_id, author, source, kind, text, turn_id, at)
       VALUES (?, ?, ?, 'text', ?, ?, ?)`,
      contact.id,
      source === 'manual' ? 'person' : 'agent',
      source,
      parts.join('\n'),
      turnId,
      this.#context.clock.now(),
    ).id;
  }
}
