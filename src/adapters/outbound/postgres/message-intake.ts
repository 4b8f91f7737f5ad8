import {
  type Arrival,
  type ArrivalBatch,
  type Reception,
} from '../../../application/ports/outbound/inbox.ts';
import { type IncomingMessage } from '../../../domain/incoming-message.ts';
import { type IgnoreReason, type StoredFacts, screenStored } from '../../../domain/screening.ts';
import { type AgentWords } from '../../../domain/takeover.ts';
import { type MessageId, burstReadyAt } from '../../../domain/turn.ts';
import { type EchoMatcher } from './echo-matcher.ts';
import { type HeldMessages } from './held-messages.ts';
import { contactMessageKey, ownMessageKey } from '../sql/message-key.ts';
import { type ContactRow, addressesOf } from '../sql/contact-row.ts';
import { type StoredAs } from '../sql/message-rows.ts';
import { type PostgresContacts } from './postgres-contacts.ts';
import { type PostgresContext } from './postgres-context.ts';
import { RaceLostError } from './postgres-error.ts';
import { type PostgresSession } from './postgres-session.ts';
import { type TakeoverBook } from './takeover-book.ts';
import { textHash } from '../sql/text-hash.ts';

/** One message on its way into the store. */
interface Incoming {
  readonly tx: PostgresSession;
  readonly message: IncomingMessage;
  readonly contact: ContactRow;
  readonly key: string | undefined;
  readonly textHash: string | undefined;
  readonly now: number;
  readonly body: RawBody;
}

/** What messages came in; kept when the first of them is. */
interface RawBody {
  readonly bytes: Uint8Array;
  id?: number;
}

/** What the intake stands on; all of it joins the transaction that stores the message. */
export interface IntakeParts {
  readonly contacts: PostgresContacts;
  readonly echoes: EchoMatcher;
  readonly takeovers: TakeoverBook;
  readonly held: HeldMessages;
}

/** Takes messages in, inside the caller's transaction. */
export class MessageIntake {
  readonly #context: PostgresContext;
  readonly #parts: IntakeParts;

  constructor(context: PostgresContext, parts: IntakeParts) {
    this.#context = context;
    this.#parts = parts;
  }

  async take(tx: PostgresSession, { arrivals, body }: ArrivalBatch): Promise<Reception[]> {
    const identities = arrivals.map(({ message }) => message.identity);
    await this.#parts.contacts.lockKnown(tx, identities);
    const raw: RawBody = { bytes: body };
    const receptions: Reception[] = [];
    for (const arrival of arrivals) receptions.push(await this.#takeOne(tx, arrival, raw));
    return receptions;
  }

  async #takeOne(
    tx: PostgresSession,
    { message, keepOnly }: Arrival,
    body: RawBody,
  ): Promise<Reception> {
    const incoming = await this.#identify(tx, message, body);
    const screening = screenStored(message, await this.#facts(incoming), this.#context.settings);
    const isLate = keepOnly !== undefined;
    switch (screening.verdict) {
      case 'ignore':
        return this.#ignore(incoming, screening.reason);
      case 'switch':
        return this.#switch(incoming, screening.agent, isLate);
      case 'person':
        return this.#takePersons(incoming, isLate);
      case 'keep':
        return this.#keep(incoming, keepOnly ?? screening.reason);
      case 'accept':
        return isLate ? this.#keep(incoming, keepOnly) : this.#accept(incoming);
    }
  }

  async #identify(tx: PostgresSession, message: IncomingMessage, body: RawBody): Promise<Incoming> {
    if (message.fromMe) await this.#parts.echoes.learnAddress(tx, message);
    const contact = await this.#parts.contacts.resolve(tx, message.identity, 'received');
    const now = await tx.now();
    const words = textHash(message.text);
    return { tx, message, contact, key: this.#keyOf(message), textHash: words, now, body };
  }

  /** An echo may have ended the send that other messages of our own number wait for. */
  async #ignore(incoming: Incoming, reason: IgnoreReason): Promise<Reception> {
    const { tx, message, contact } = incoming;
    if (message.fromMe) await this.#parts.held.decide(tx, contact.id);
    return ignored(incoming, reason);
  }

  /** Kept without a line in the history, so that a redelivery does not switch once more. */
  async #switch(incoming: Incoming, agent: keyof AgentWords, isLate: boolean): Promise<Reception> {
    const { takeovers } = this.#parts;
    const { tx, contact } = incoming;
    await this.#store(incoming, { author: 'person', state: 'done', reason: 'agent_word' });
    if (isLate) return ignored(incoming, 'own_message');
    if (agent === 'off') await takeovers.pause(tx, contact.id, { by: 'word' });
    else await takeovers.resume(tx, contact.id);
    return { status: 'switched', agent, contactId: contact.id };
  }

  async #takePersons(incoming: Incoming, isLate: boolean): Promise<Reception> {
    const { tx, contact } = incoming;
    const stored = await this.#store(incoming, {
      author: 'person',
      state: isLate ? 'done' : 'held',
    });
    if (isLate) {
      await this.#remember(incoming, stored, 'person');
      await this.#parts.contacts.unflag(tx, contact.id);
    } else {
      await this.#parts.held.decide(tx, contact.id);
    }
    return ignored(incoming, 'own_message');
  }

  async #keep(incoming: Incoming, reason: IgnoreReason): Promise<Reception> {
    await this.#keepName(incoming);
    const how: StoredAs = { author: 'customer', state: 'ignored', reason };
    await this.#remember(incoming, await this.#store(incoming, how), 'customer');
    return ignored(incoming, reason);
  }

  async #accept(incoming: Incoming): Promise<Reception> {
    const { settings } = this.#context;
    const { tx, contact, now } = incoming;
    const messageId = await this.#store(incoming, { author: 'customer', state: 'pending' });
    const firstPendingAt = contact.first_pending_at ?? now;
    const burstAt = burstReadyAt(firstPendingAt, now, settings.timing);
    const readyAt = Math.max(burstAt, contact.not_before ?? 0);
    await tx.run(
      `UPDATE contact SET first_pending_at = $1, ready_at = $2, name = coalesce($3, name) WHERE id = $4`,
      firstPendingAt,
      readyAt,
      givenName(incoming.message),
      contact.id,
    );
    const readyInMs = Math.max(0, readyAt - now);
    return { status: 'accepted', contactId: contact.id, messageId, readyInMs };
  }

  /** Another id is another message: two photos with one caption, or "Sim" to the next question. */
  async #facts(incoming: Incoming): Promise<StoredFacts> {
    const { tx, message, contact, key, now } = incoming;
    const facts = (await tx.get(
      `SELECT EXISTS (SELECT 1 FROM inbox WHERE message_key = $1) AS known,
              EXISTS (SELECT 1 FROM inbox
                WHERE contact_id = $2 AND state IN ('pending', 'answered', 'ignored') AND text_hash = $3
                  AND received_at > $4 AND (state = 'pending'
                       OR ((turn_id IS NOT NULL OR reason = 'taken_over') AND NOT $5))
                  AND (NOT $5 OR $6)) AS repeated,
              (SELECT body_hash = $3 AND ended_at > $4 FROM outbox
               WHERE contact_id = $2 AND state = 'sent' ORDER BY id DESC LIMIT 1) AS equal`,
      key,
      contact.id,
      incoming.textHash,
      now - this.#context.settings.dedupTtlMs,
      message.id !== undefined,
      message.kind === 'text',
    )) as unknown as { known: boolean; repeated: boolean; equal: boolean | null };
    return {
      knownId: facts.known,
      repeatedText: facts.repeated,
      // What a person typed stays theirs when it comes again, though we said the same meanwhile.
      ownEcho:
        message.fromMe &&
        !facts.known &&
        (await this.#parts.echoes.settle(tx, message, contact.id)),
      equalsLastReply: facts.equal === true,
      agentPaused: await this.#parts.takeovers.isPaused(tx, contact),
      addresses: addressesOf(contact),
    };
  }

  async #store(incoming: Incoming, how: StoredAs): Promise<MessageId> {
    const { tx, message } = incoming;
    const row = await tx.get(
      `WITH body AS (
         INSERT INTO raw_body (body, received_at) SELECT $1::bytea, $2::bigint WHERE $3::bigint IS NULL RETURNING id
       )
       INSERT INTO inbox (received_at, raw_id, instance, message_key, contact_id, author, kind, text,
         text_hash, media, quoted_id, to_jid, sent_at, state, reason)
       SELECT $2, coalesce($3, (SELECT id FROM body)), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::bigint,
         $15, $16
       ON CONFLICT (message_key) DO NOTHING RETURNING id, raw_id`,
      incoming.body.id === undefined ? incoming.body.bytes : undefined,
      incoming.now,
      incoming.body.id,
      this.#context.settings.instance,
      incoming.key,
      incoming.contact.id,
      how.author,
      message.kind,
      message.text,
      incoming.textHash,
      message.media && JSON.stringify(message.media),
      message.quotedId,
      message.identity.phone ?? message.identity.lid,
      message.sentAt,
      how.state,
      how.reason,
    );
    // Its twin came in under another address of the same person, at the same moment.
    if (row === undefined) throw new RaceLostError('another process took the same message');
    incoming.body.id = Number(row['raw_id']);
    return row['id'] as MessageId;
  }

  async #remember(
    { tx, message, contact, now }: Incoming,
    id: MessageId,
    author: StoredAs['author'],
  ): Promise<void> {
    await tx.run(
      `INSERT INTO history (contact_id, author, source, kind, text, message_id, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      contact.id,
      author,
      author === 'person' ? 'phone' : undefined,
      message.kind,
      message.text,
      id,
      now,
    );
  }

  async #keepName({ tx, message, contact }: Incoming): Promise<void> {
    const sql = 'UPDATE contact SET name = coalesce($1, name) WHERE id = $2';
    await tx.run(sql, givenName(message), contact.id);
  }

  #keyOf({ id, fromMe }: IncomingMessage): string | undefined {
    if (id === undefined) return undefined;
    const { instance } = this.#context.settings;
    return fromMe ? ownMessageKey(instance, id) : contactMessageKey(instance, id);
  }
}

function ignored({ contact }: Incoming, reason: IgnoreReason): Reception {
  return { status: 'ignored', reason, contactId: contact.id };
}

/** The name in one of our own messages is the shop's. */
function givenName({ fromMe, name }: IncomingMessage): string | undefined {
  return fromMe ? undefined : name;
}
