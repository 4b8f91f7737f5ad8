import {
  type Arrival,
  type ArrivalBatch,
  type HandBack,
  type Inbox,
  type LeaseState,
  type Reception,
  type TurnResult,
} from '../../src/application/ports/outbound/inbox.ts';
import { NO_TOKENS, type TokenUse } from '../../src/application/ports/outbound/language-model.ts';
import { comparableText } from '../../src/domain/comparable-text.ts';
import { type Author } from '../../src/domain/conversation.ts';
import { type AgentWords } from '../../src/domain/takeover.ts';
import { type IncomingMessage } from '../../src/domain/incoming-message.ts';
import { type IgnoreReason, screenStored } from '../../src/domain/screening.ts';
import { type Lease, type Turn, burstReadyAt } from '../../src/domain/turn.ts';
import { learnAddress, reschedule, resolveContact } from './in-memory-contacts.ts';
import { type InMemoryDedupCache } from './in-memory-dedup-cache.ts';
import { type InMemoryOutbox } from './in-memory-outbox.ts';
import { type InMemoryTakeovers } from './in-memory-takeovers.ts';
import { type ContactRecord, type InboxRecord, type InMemoryState } from './in-memory-state.ts';

interface InMemoryInboxParts {
  readonly dedup: InMemoryDedupCache;
  readonly outbox: InMemoryOutbox;
  readonly takeovers: InMemoryTakeovers;
}

/** A working inbox that forgets everything with the process. */
export class InMemoryInbox implements Inbox {
  readonly #state: InMemoryState;
  readonly #parts: InMemoryInboxParts;

  constructor(state: InMemoryState, parts: InMemoryInboxParts) {
    this.#state = state;
    this.#parts = parts;
  }

  add(batch: ArrivalBatch): Promise<readonly Reception[]> {
    return Promise.resolve(this.#state.keepingBody(batch.arrivals, (one) => this.#take(one)));
  }

  claimTurns(limit: number): Promise<readonly Turn[]> {
    const { now, contacts } = this.#state;
    const due = contacts
      .filter(
        ({ readyAt, lease }) => readyAt !== undefined && readyAt <= now && !isLive(lease, now),
      )
      .sort((a, b) => (a.readyAt ?? 0) - (b.readyAt ?? 0) || a.id - b.id);
    const turns = due.slice(0, limit).flatMap((contact) => {
      if (!this.#parts.takeovers.isPaused(contact)) return [this.#claim(contact)];
      this.#parts.takeovers.endWaiting(contact);
      return [];
    });
    return Promise.resolve(turns);
  }

  check(lease: Lease): Promise<LeaseState> {
    return Promise.resolve(this.#stateOf(lease));
  }

  renew(lease: Lease): Promise<LeaseState> {
    const contact = this.#holding(lease);
    if (contact !== undefined) contact.lease = this.#newLease();
    return this.check(lease);
  }

  commitTurn(lease: Lease, result: TurnResult): Promise<LeaseState> {
    const state = this.#stateOf(lease);
    const isWanted = state === 'held' || (state === 'superseded' && result.evenIfNewer);
    if (!isWanted) return Promise.resolve(state);
    this.#end(this.#state.contact(lease.contactId), lease, result);
    return Promise.resolve('held');
  }

  giveBack(lease: Lease, how: HandBack, spent: TokenUse = NO_TOKENS): Promise<void> {
    const contact = this.#holding(lease);
    if (contact === undefined) return Promise.resolve();
    contact.lease = undefined;
    contact.notBefore = undefined;
    if (how === 'redo') contact.redo += 1;
    if (typeof how === 'string') {
      contact.attempts -= 1;
    } else {
      contact.notBefore = this.#state.now + how.laterMs;
      contact.readyAt = Math.max(contact.readyAt ?? 0, contact.notBefore);
    }
    this.#state.recordSpent(contact, spent);
    return Promise.resolve();
  }

  nextTurnInMs(): Promise<number | undefined> {
    return Promise.resolve(this.#state.nextTurnInMs());
  }

  oldestWaitingMs(): Promise<number | undefined> {
    return Promise.resolve(this.#state.oldestWaitingMs());
  }

  depth(): Promise<number> {
    return Promise.resolve(this.#state.inbox.filter(({ state }) => state === 'pending').length);
  }

  #take({ message, keepOnly }: Arrival): Reception {
    learnAddress(this.#state, message);
    const contact = resolveContact(this.#state, message.identity, 'received');
    const contactId = contact.id;
    const screening = this.#screen(message, contact);
    switch (screening.verdict) {
      case 'ignore':
        this.#parts.takeovers.decide(contact);
        return { status: 'ignored', reason: screening.reason, contactId };
      case 'switch':
        return this.#switch(message, contact, keepOnly === undefined ? screening.agent : undefined);
      case 'person':
        return this.#takePersons(message, contact, keepOnly !== undefined);
      case 'keep':
        return this.#takeCustomers(message, contact, keepOnly ?? screening.reason);
      case 'accept':
        return this.#takeCustomers(message, contact, keepOnly);
    }
  }

  #takePersons(message: IncomingMessage, contact: ContactRecord, isLate: boolean): Reception {
    if (isLate) {
      this.#keep(message, contact, 'person');
      contact.person = undefined;
    } else {
      this.#store(message, contact, 'held');
      this.#parts.takeovers.decide(contact);
    }
    return { status: 'ignored', reason: 'own_message', contactId: contact.id };
  }

  #switch(message: IncomingMessage, contact: ContactRecord, agent?: keyof AgentWords): Reception {
    this.#store(message, contact, 'done');
    const { id: contactId } = contact;
    if (agent === undefined) return { status: 'ignored', reason: 'own_message', contactId };
    if (agent === 'off') this.#parts.takeovers.silence(contact, { by: 'word' });
    else this.#parts.takeovers.goOn(contact);
    return { status: 'switched', agent, contactId };
  }

  #takeCustomers(
    message: IncomingMessage,
    contact: ContactRecord,
    reason: IgnoreReason | undefined,
  ): Reception {
    const { fromMe, name } = message;
    if (!fromMe && name !== undefined) contact.name = name;
    if (reason === undefined) return this.#accept(message, contact);
    this.#keep(message, contact, 'customer');
    return { status: 'ignored', reason, contactId: contact.id };
  }

  #screen(message: IncomingMessage, contact: ContactRecord): ReturnType<typeof screenStored> {
    const words = comparableText(message.text);
    const { inbox, settings } = this.#state;
    const key = this.#keyOf(message);
    const knownId = key !== undefined && inbox.some((record) => record.key === key);
    const facts = {
      knownId,
      repeatedText: words !== '' && this.#state.hasAccepted(contact.id, message),
      ownEcho:
        message.fromMe &&
        !knownId &&
        this.#parts.outbox.settleEcho(contact.id, message.text, message.id),
      equalsLastReply: words !== '' && this.#state.lastReplyTo(contact) === words,
      agentPaused: this.#parts.takeovers.isPaused(contact),
      addresses: contact,
    };
    return screenStored(message, facts, settings);
  }

  #accept(message: IncomingMessage, contact: ContactRecord): Reception {
    const { now, settings } = this.#state;
    const { id: messageId } = this.#store(message, contact, 'pending');
    contact.firstPendingAt ??= now;
    const burstAt = burstReadyAt(contact.firstPendingAt, now, settings.timing);
    contact.readyAt = Math.max(burstAt, contact.notBefore ?? 0);
    const readyInMs = Math.max(0, contact.readyAt - now);
    return { status: 'accepted', contactId: contact.id, messageId, readyInMs };
  }

  #keep(message: IncomingMessage, contact: ContactRecord, author: Author): void {
    this.#store(message, contact, author === 'person' ? 'done' : 'ignored');
    const { kind, text } = message;
    this.#state.say(contact.id, { author, kind, text, at: this.#state.now });
  }

  #store(
    message: IncomingMessage,
    contact: ContactRecord,
    state: InboxRecord['state'],
  ): InboxRecord {
    const record: InboxRecord = {
      id: this.#state.nextMessageId(),
      key: this.#keyOf(message),
      contactId: contact.id,
      kind: message.kind,
      text: message.text,
      receivedAt: this.#state.now,
      isAccepted: state === 'pending',
      state,
    };
    this.#state.inbox.push(record);
    return record;
  }

  #claim(contact: ContactRecord): Turn {
    const { settings } = this.#state;
    const waiting = this.#state.pendingOf(contact.id);
    const last = waiting.at(-1);
    const replyTo = contact.phone ?? contact.lid;
    if (last === undefined || replyTo === undefined) throw new Error('nothing to claim');
    contact.fence += 1;
    contact.attempts += 1;
    const takenOver = contact.lease !== undefined;
    contact.lease = this.#newLease();
    const { owner } = settings;
    return {
      lease: { contactId: contact.id, owner, token: contact.fence, lastMessageId: last.id },
      contactId: contact.id,
      ...(contact.name === undefined ? {} : { name: contact.name }),
      replyTo,
      messages: waiting.map(({ id, kind, text, receivedAt }) => ({ id, kind, text, receivedAt })),
      redo: contact.redo,
      attempts: contact.attempts,
      deaths: contact.deaths,
      takenOver,
      repliesLastHour: this.#state.repliesWithin(contact.id, 3_600_000),
    };
  }

  #end(contact: ContactRecord, lease: Lease, result: TurnResult): void {
    const { outcome, record, remember, parts, approved } = result;
    const turnId = this.#state.recordTurn({ contactId: contact.id, outcome, record });
    for (const message of this.#state.pendingOf(contact.id)) {
      if (message.id > lease.lastMessageId) continue;
      message.state = outcome === 'silent' ? 'ignored' : 'answered';
      message.turnId = turnId;
      const { kind, text, receivedAt } = message;
      this.#state.say(contact.id, { author: 'customer', kind, text, at: receivedAt }, turnId);
    }
    if (parts.length > 0) this.#parts.outbox.write(contact.id, parts, 'agent', approved);
    if (result.flag !== undefined) this.#state.flag(contact.id, result.flag);
    if (remember !== undefined) this.#parts.dedup.rememberNow(remember.key, remember.ttlMs);
    const nothing = { lease: undefined, notBefore: undefined };
    Object.assign(contact, { ...nothing, redo: 0, attempts: 0, deaths: 0 });
    reschedule(this.#state, contact);
  }

  #holding({ contactId, token, owner }: Lease): ContactRecord | undefined {
    const contact = this.#state.contacts.find(({ id }) => id === contactId);
    return contact?.fence === token && contact.lease?.owner === owner ? contact : undefined;
  }

  #stateOf(lease: Lease): LeaseState {
    const contact = this.#holding(lease);
    if (contact === undefined) return 'lost';
    const hasNewer = this.#state.pendingOf(contact.id).some(({ id }) => id > lease.lastMessageId);
    return hasNewer ? 'superseded' : 'held';
  }

  #newLease(): { owner: string; until: number } {
    const { owner, leaseMs } = this.#state.settings;
    return { owner, until: this.#state.now + leaseMs };
  }

  #keyOf({ id, fromMe }: IncomingMessage): string | undefined {
    return id === undefined ? undefined : `${fromMe ? 'out' : 'in'}|${id}`;
  }
}

function isLive(lease: ContactRecord['lease'], now: number): boolean {
  return lease !== undefined && lease.until > now;
}
