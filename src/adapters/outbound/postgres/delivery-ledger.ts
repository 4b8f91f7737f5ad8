import { REPLY_HELD, replyFailed } from '../../../domain/dead-letter.ts';
import { type OutboxId } from '../../../domain/delivery.ts';
import { replyAddress } from '../sql/contact-row.ts';
import { type NewReply, type ReplyRow } from '../sql/reply-rows.ts';
import { type PostgresContacts } from './postgres-contacts.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession } from './postgres-session.ts';
import { type SendCounts } from './send-counts.ts';
import { textHash } from '../sql/text-hash.ts';

/** Begins and ends outbox rows, inside the caller's transaction, which has locked their contact. */
export class DeliveryLedger {
  readonly #context: PostgresContext;
  readonly #contacts: PostgresContacts;
  readonly #counts: SendCounts;

  constructor(context: PostgresContext, contacts: PostgresContacts, counts: SendCounts) {
    this.#context = context;
    this.#contacts = contacts;
    this.#counts = counts;
  }

  /** Leaves the parts due in their order, and the whole reply in the history. */
  async write(tx: PostgresSession, reply: NewReply): Promise<OutboxId[]> {
    const historyId = await remember(tx, reply);
    const now = await tx.now();
    const ids: OutboxId[] = [];
    for (const [partNo, body] of reply.parts.entries()) {
      const id = await tx.insert(
        `INSERT INTO outbox (instance, contact_id, to_jid, source, turn_id, part_no, history_id, kind,
           body, body_hash, state, created_at, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'text', $8, $9, 'pending', $10, $10)`,
        this.#context.settings.instance,
        reply.contact.id,
        replyAddress(reply.contact),
        reply.source,
        reply.turnId,
        partNo,
        historyId,
        body,
        textHash(body) ?? '',
        now,
      );
      ids.push(id as OutboxId);
    }
    return ids;
  }

  /** A reply that has left proves that the instance is not refused any more. */
  async markSent(
    tx: PostgresSession,
    reply: ReplyRow,
    proof: { readonly how: 'response' | 'echo'; readonly gatewayId: string | undefined },
  ): Promise<void> {
    await tx.run(
      `UPDATE outbox SET state = 'sent', how = $1, wa_message_id = $2, due_at = NULL, ended_at = $3,
         last_error = NULL
       WHERE id = $4`,
      proof.how,
      proof.gatewayId,
      await tx.now(),
      reply.id,
    );
    await this.#counts.add(tx, proof.how, reply.contact_id);
    await tx.run(
      `UPDATE instance SET paused_until = NULL, pause_reason = NULL
       WHERE id = $1 AND pause_reason IS NOT NULL`,
      this.#context.settings.instance,
    );
  }

  /** A reply that never leaves is a person's to look after. */
  async markFailed(tx: PostgresSession, reply: ReplyRow, reason: string): Promise<void> {
    await this.#giveUp(tx, reply, { state: 'failed', why: reason });
    await this.#contacts.flag(tx, reply.contact_id, replyFailed(reason));
  }

  /** A reply of which nobody can say whether it arrived is a person's to look after. */
  async markHeld(tx: PostgresSession, reply: ReplyRow): Promise<void> {
    await this.#giveUp(tx, reply, { state: 'held', why: 'envio sem confirmação' });
    await this.#contacts.flag(tx, reply.contact_id, REPLY_HELD);
  }

  /** It may have left once, and leaves again as soon as it can. */
  async markRepeated(tx: PostgresSession, reply: ReplyRow, isUnwanted: boolean): Promise<void> {
    await tx.run(
      `UPDATE outbox SET state = 'pending', resends = resends + 1, due_at = $1,
         unconfirmed_since = coalesce(unconfirmed_since, started_at)
       WHERE id = $2`,
      await tx.now(),
      reply.id,
    );
    if (!isUnwanted) await this.#counts.add(tx, 'resent', reply.contact_id);
  }

  /** A person wants it sent: it is as a new one, or as one that leaves again without proof. */
  async markRetried(tx: PostgresSession, reply: ReplyRow, state: 'failed' | 'held'): Promise<void> {
    if (state === 'held') await this.markRepeated(tx, reply, false);
    await tx.run(
      `UPDATE outbox SET state = 'pending', due_at = $1, ended_at = NULL, retried_at = $1 WHERE id = $2`,
      await tx.now(),
      reply.id,
    );
  }

  async #giveUp(
    tx: PostgresSession,
    { id, contact_id: contactId }: ReplyRow,
    { state, why }: { readonly state: 'failed' | 'held'; readonly why: string },
  ): Promise<void> {
    await tx.run(
      'UPDATE outbox SET state = $1, due_at = NULL, ended_at = $2, last_error = $3 WHERE id = $4',
      state,
      await tx.now(),
      why,
      id,
    );
    await this.#counts.add(tx, state, contactId);
  }
}

async function remember(
  tx: PostgresSession,
  { contact, parts, source, turnId, approved }: NewReply,
): Promise<number> {
  return tx.insert(
    `INSERT INTO history (contact_id, author, source, kind, text, turn_id, approved, at)
     VALUES ($1, $2, $3, 'text', $4, $5, $6, $7)`,
    contact.id,
    source === 'manual' ? 'person' : 'agent',
    source,
    parts.join('\n'),
    turnId,
    approved && 1,
    await tx.now(),
  );
}
