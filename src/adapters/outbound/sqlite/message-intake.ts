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
import { IS_KNOWN, type MessageKeys } from './message-keys.ts';
import { addressesOf } from '../sql/contact-row.ts';
import { contactMessageKey, ownMessageKey } from '../sql/message-key.ts';
import { type StoredAs } from '../sql/message-rows.ts';
import { mayBeRepeated, withRecentText } from './recent-texts.ts';
import { type SqliteContactRow, type SqliteContacts } from './sqlite-contacts.ts';
import { type SqliteContext } from './sqlite-context.ts';
import { type TakeoverBook } from './takeover-book.ts';
import { textHash } from '../sql/text-hash.ts';

/** One message on its way into the store. */
interface Incoming {
  readonly message: IncomingMessage;
  readonly contact: SqliteContactRow;
  readonly key: string | undefined;
  readonly textHash: string | undefined;
  readonly now: number;
  /** Stores the webhook's body, once for all of its messages. @returns Its id. */
  readonly keepBody: () => number;
}

/** The same words still wait, or (of a message without an id) were answered a moment ago. */
const WAITING = `inbox INDEXED BY inbox_waiting WHERE state = 'pending'`;
const ANSWERED = `inbox INDEXED BY inbox_contact
  WHERE state <> 'pending' AND state IN ('answered', 'ignored')
    AND (turn_id IS NOT NULL OR reason = 'taken_over')`;

/** One statement for two questions, for each costs a fifth of an intake's reading. */
const LOOK = `SELECT
  ${IS_KNOWN} AS known_id,
  (SELECT body_hash = ?3 AND ended_at > ?4 FROM outbox
   WHERE contact_id = ?2 AND state = 'sent' ORDER BY id DESC LIMIT 1) AS equals_last_reply`;

/** What the tables tell of a message before it is stored. */
type Looked = Pick<StoredFacts, 'knownId' | 'repeatedText' | 'equalsLastReply'>;

/** What the intake stands on; all of it joins the transaction that stores the message. */
export interface IntakeParts {
  readonly contacts: SqliteContacts;
  readonly echoes: EchoMatcher;
  readonly takeovers: TakeoverBook;
  readonly held: HeldMessages;
  readonly keys: MessageKeys;
}

/** Takes messages in, inside the caller's transaction. */
export class MessageIntake {
  readonly #context: SqliteContext;
  readonly #parts: IntakeParts;

  constructor(context: SqliteContext, parts: IntakeParts) {
    this.#context = context;
    this.#parts = parts;
  }

  take(batch: ArrivalBatch): Reception[] {
    const keepBody = this.#keepOnce(batch.body);
    return batch.arrivals.map((arrival) => this.#takeOne(arrival, keepBody));
  }

  #takeOne({ message, keepOnly }: Arrival, keepBody: () => number): Reception {
    const incoming = this.#identify(message, keepBody);
    const screening = screenStored(message, this.#facts(incoming), this.#context.settings);
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

  /** An echo may have ended the send that other messages of our own number wait for. */
  #ignore(incoming: Incoming, reason: IgnoreReason): Reception {
    if (incoming.message.fromMe) this.#parts.held.decide(incoming.contact.id);
    return ignored(incoming, reason);
  }

  /** Kept without a line in the history, so that a redelivery does not switch once more. */
  #switch(incoming: Incoming, agent: keyof AgentWords, isLate: boolean): Reception {
    const { takeovers } = this.#parts;
    const contactId = incoming.contact.id;
    this.#store(incoming, { author: 'person', state: 'done', reason: 'agent_word' });
    if (isLate) return ignored(incoming, 'own_message');
    if (agent === 'off') takeovers.pause(contactId, { by: 'word' });
    else takeovers.resume(contactId);
    return { status: 'switched', agent, contactId };
  }

  #takePersons(incoming: Incoming, isLate: boolean): Reception {
    const { contacts, held } = this.#parts;
    const { id } = incoming.contact;
    if (isLate) {
      const stored = this.#store(incoming, { author: 'person', state: 'done' });
      this.#remember(incoming, stored, 'person');
      contacts.unflag(id);
    } else {
      this.#store(incoming, { author: 'person', state: 'held' });
      held.decide(id);
    }
    return ignored(incoming, 'own_message');
  }

  #keep(incoming: Incoming, reason: IgnoreReason): Reception {
    this.#keepName(incoming);
    const how: StoredAs = { author: 'customer', state: 'ignored', reason };
    this.#remember(incoming, this.#store(incoming, how), 'customer');
    return ignored(incoming, reason);
  }

  #accept(incoming: Incoming): Reception {
    this.#keepName(incoming);
    const { db, settings } = this.#context;
    const { contact, now, textHash: words } = incoming;
    const messageId = this.#store(incoming, { author: 'customer', state: 'pending' });
    const recent = contact.recent_texts;
    const firstPendingAt = contact.first_pending_at ?? now;
    const burstAt = burstReadyAt(firstPendingAt, now, settings.timing);
    const readyAt = Math.max(burstAt, contact.not_before ?? 0);
    db.run(
      'UPDATE contact SET first_pending_at = ?, ready_at = ?, recent_texts = ? WHERE id = ?',
      firstPendingAt,
      readyAt,
      words === undefined ? recent : withRecentText(recent, words),
      contact.id,
    );
    const readyInMs = Math.max(0, readyAt - now);
    return { status: 'accepted', contactId: contact.id, messageId, readyInMs };
  }

  #identify(message: IncomingMessage, keepBody: () => number): Incoming {
    if (message.fromMe) this.#parts.echoes.learnAddress(message);
    const contact = this.#parts.contacts.resolve(message.identity, 'received');
    return {
      message,
      contact,
      key: this.#keyOf(message),
      textHash: textHash(message.text),
      now: this.#context.clock.now(),
      keepBody,
    };
  }

  #facts(incoming: Incoming): StoredFacts {
    const { message, contact } = incoming;
    const { knownId, repeatedText, equalsLastReply } = this.#looked(incoming);
    return {
      knownId,
      repeatedText,
      // What a person typed stays theirs when it comes again, though we said the same meanwhile.
      ownEcho: message.fromMe && !knownId && this.#parts.echoes.settle(message, contact.id),
      equalsLastReply,
      agentPaused: this.#parts.takeovers.isPaused(contact),
      addresses: addressesOf(contact),
    };
  }

  #looked(incoming: Incoming): Looked {
    const { contact, textHash: words } = incoming;
    const row = this.#context.db.get(
      LOOK,
      incoming.key,
      contact.id,
      words,
      this.#repeatedSince(incoming),
      this.#parts.keys.unfiledId(incoming.key),
    );
    return {
      knownId: row?.['known_id'] === 1,
      repeatedText: this.#isRepeated(incoming),
      equalsLastReply: row?.['equals_last_reply'] === 1,
    };
  }

  #repeatedSince({ now }: Incoming): number {
    return now - this.#context.settings.dedupTtlMs;
  }

  #isRepeated(incoming: Incoming): boolean {
    const { message, contact, textHash: words } = incoming;
    // Another id is another message: two photos with one caption, or "Sim" to the next question.
    if (words === undefined || (message.id !== undefined && message.kind !== 'text')) return false;
    if (!mayBeRepeated(contact.recent_texts, words)) return false;
    const where = message.id === undefined ? [WAITING, ANSWERED] : [WAITING];
    return where.some(
      (messages) =>
        this.#context.db.get(
          `SELECT 1 FROM ${messages} AND contact_id = ? AND text_hash = ? AND received_at > ? LIMIT 1`,
          contact.id,
          words,
          this.#repeatedSince(incoming),
        ) !== undefined,
    );
  }

  #store(incoming: Incoming, how: StoredAs): MessageId {
    const { message } = incoming;
    const { id } = this.#context.db.run(
      `INSERT INTO inbox (instance, message_key, contact_id, author, kind, text, text_hash, media,
         quoted_id, to_jid, sent_at, received_at, state, reason, raw_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
      incoming.now,
      how.state,
      how.reason,
      incoming.keepBody(),
    );
    this.#parts.keys.note(incoming.key, id);
    return id as MessageId;
  }

  #remember({ message, contact, now }: Incoming, id: MessageId, author: StoredAs['author']): void {
    this.#context.db.run(
      `INSERT INTO history (contact_id, author, source, kind, text, message_id, at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      contact.id,
      author,
      author === 'person' ? 'phone' : undefined,
      message.kind,
      message.text,
      id,
      now,
    );
  }

  /** The name in one of our own messages is the shop's. */
  #keepName({ message, contact }: Incoming): void {
    const { name } = message;
    if (message.fromMe || name === undefined || name === contact.name) return;
    this.#context.db.run('UPDATE contact SET name = ? WHERE id = ?', name, contact.id);
  }

  #keyOf({ id, fromMe }: IncomingMessage): string | undefined {
    if (id === undefined) return undefined;
    const { instance } = this.#context.settings;
    return fromMe ? ownMessageKey(instance, id) : contactMessageKey(instance, id);
  }

  /** Stores the body when the first message needs it. */
  #keepOnce(body: Uint8Array): () => number {
    let id: number | undefined;
    return () => {
      id ??= this.#context.db.run(
        'INSERT INTO raw_body (body, received_at) VALUES (?, ?)',
        body,
        this.#context.clock.now(),
      ).id;
      return id;
    };
  }
}

function ignored({ contact }: Incoming, reason: IgnoreReason): Reception {
  return { status: 'ignored', reason, contactId: contact.id };
}
