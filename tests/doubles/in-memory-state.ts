import {
  type Alias,
  type ContactId,
  type Identity,
  type Jid,
  aliasesOf,
} from '../../src/domain/contact.ts';
import { comparableText } from '../../src/domain/comparable-text.ts';
import { type HistoryEntry } from '../../src/domain/conversation.ts';
import {
  type DeliveryState,
  type OutboxId,
  type SettledBy,
  type UnknownSendPolicy,
} from '../../src/domain/delivery.ts';
import { type IngressBeats } from '../../src/domain/echo-evidence.ts';
import { type IncomingMessage } from '../../src/domain/incoming-message.ts';
import { type Pause, type TakeoverPolicy } from '../../src/domain/takeover.ts';
import { type RegisteredProcess } from '../../src/application/ports/outbound/process-registry.ts';
import { type TurnRecord, type TurnOutcome } from '../../src/application/ports/outbound/inbox.ts';
import { type TokenUse } from '../../src/application/ports/outbound/language-model.ts';
import { type BurstTiming, type MessageId, type TurnMessage } from '../../src/domain/turn.ts';

export interface ContactRecord {
  readonly id: ContactId;
  name?: string;
  phone?: Jid;
  lid?: Jid;
  firstPendingAt?: number | undefined;
  readyAt?: number | undefined;
  lease?: { readonly owner: string; readonly until: number } | undefined;
  fence: number;
  redo: number;
  attempts: number;
  deaths: number;
  notBefore?: number | undefined;
  person?: { readonly reason: string; readonly since: number } | undefined;
  pause?: Pause | undefined;
  mergedInto?: ContactId;
}

export interface InboxRecord extends TurnMessage {
  readonly key: string | undefined;
  /** Whether it was to be answered when it came in. */
  readonly isAccepted: boolean;
  contactId: ContactId;
  /** The turn that has ended it. */
  turnId?: number;
  /** The agent was let on again while it was held. */
  isResumed?: boolean;
  state: 'pending' | 'held' | 'answered' | 'ignored' | 'done';
}

/** A text that was taken on, with its vector once it has one. */
export interface EmbeddingRow {
  readonly vector?: Float32Array;
  readonly claimedUntil: number;
  readonly madeAt: number;
  readonly usedAt: number;
}

export interface HistoryRecord {
  contactId: ContactId;
  entry: HistoryEntry;
  /** The turn that answered it, of a customer's words. */
  readonly turnId?: number;
}

export interface OutboxRecord {
  readonly id: OutboxId;
  contactId: ContactId;
  readonly body: string;
  readonly author: 'agent' | 'person';
  readonly createdAt: number;
  /** When it was made, or a person last asked for it to be tried again. */
  triedSince: number;
  readonly said: HistoryRecord;
  state: DeliveryState;
  attempt: number;
  resends: number;
  startedAt: number;
  /** The process that began the last send. */
  owner?: string;
  /** When the next thing happens to it, while it is open. */
  dueAt: number;
  endedAt?: number;
  /** Start of the first send that may have left unconfirmed, once it has been sent again. */
  unconfirmedSince?: number;
  how?: 'response' | 'echo';
  echo?: { readonly at: number; readonly ms?: number };
  /** The id under which it is known to have left. */
  gatewayId?: string | undefined;
  lastError?: string | undefined;
  dismissedAt?: number;
}

export interface ProcessRecord extends RegisteredProcess {
  beatAt: number;
  hasEnded: boolean;
}

export interface TurnRow {
  readonly id: number;
  contactId: ContactId;
  readonly endedAt: number;
  readonly outcome: TurnOutcome | 'redone';
  readonly record: TurnRecord;
  retriedAt?: number;
  dismissedAt?: number;
}

export interface InMemorySettings {
  readonly clock: { now(): number };
  readonly instance: string;
  readonly owner: string;
  readonly dedupTtlMs: number;
  readonly timing: BurstTiming;
  readonly ignoreFromMe: boolean;
  readonly ignoredContacts?: ReadonlySet<Alias>;
  readonly takeover: TakeoverPolicy;
  readonly sendUnknown: UnknownSendPolicy;
  readonly leaseMs: number;
}

/** What the in-memory stores hold together, as the tables of one database would. */
export class InMemoryState {
  readonly contacts: ContactRecord[] = [];
  readonly aliases = new Map<Alias, ContactId>();
  inbox: InboxRecord[] = [];
  outbox: OutboxRecord[] = [];
  turns: TurnRow[] = [];
  rawBodies: { readonly receivedAt: number }[] = [];
  history: HistoryRecord[] = [];
  /** What was seen from our own number, by its id, with the reply whose echo it is. */
  readonly echoes = new Map<
    string,
    { readonly claimedBy: OutboxId | undefined; readonly seenAt: number }
  >();
  readonly dedup = new Map<string, number>();
  readonly embeddings = new Map<string, EmbeddingRow>();
  readonly sendCounts: Record<SettledBy | 'duplicate', number> = {
    response: 0,
    echo: 0,
    resent: 0,
    held: 0,
    failed: 0,
    duplicate: 0,
  };
  /** As the processes that serve would leave it. */
  ingress: IngressBeats = {};
  connected: boolean | undefined;
  pause: { readonly reason: string; until: number } | undefined;
  generation = 0;
  processes: ProcessRecord[] = [];
  readonly settings: InMemorySettings;
  #messages = 0;
  #replies = 0;
  #turns = 0;

  constructor(settings: InMemorySettings) {
    this.settings = settings;
  }

  get now(): number {
    return this.settings.clock.now();
  }

  contact(id: ContactId): ContactRecord {
    const contact = this.contacts.find((candidate) => candidate.id === id);
    if (contact === undefined) throw new Error(`no contact ${id}`);
    return contact.mergedInto === undefined ? contact : this.contact(contact.mergedInto);
  }

  find(identity: Identity): ContactId[] {
    const ids = aliasesOf(identity).flatMap((alias) => this.aliases.get(alias) ?? []);
    return [...new Set(ids)].sort((a, b) => a - b);
  }

  pendingOf(id: ContactId): InboxRecord[] {
    return this.inbox.filter(({ contactId, state }) => contactId === id && state === 'pending');
  }

  /** Whether the contact said the same within DEDUP_TTL; with an id of its own only while that waits. */
  hasAccepted(id: ContactId, message: IncomingMessage): boolean {
    const hasId = message.id !== undefined;
    if (hasId && message.kind !== 'text') return false;
    return this.inbox.some(
      ({ contactId, isAccepted, receivedAt, state, text }) =>
        contactId === id &&
        isAccepted &&
        (state === 'pending' || !hasId) &&
        receivedAt > this.now - this.settings.dedupTtlMs &&
        comparableText(text) === comparableText(message.text),
    );
  }

  /** The words of the last reply, if it left within DEDUP_TTL. */
  lastReplyTo({ id }: ContactRecord): string | undefined {
    const last = this.outbox.findLast(
      ({ contactId, state }) => contactId === id && state === 'sent',
    );
    const isRecent =
      last !== undefined && this.now - (last.endedAt ?? 0) < this.settings.dedupTtlMs;
    return isRecent ? comparableText(last.body) : undefined;
  }

  /** How many turns ended within so many ms with something sent. */
  repliesWithin(id: ContactId, ms: number): number {
    return this.turns.filter(
      ({ contactId, endedAt, outcome }) =>
        contactId === id && endedAt > this.now - ms && outcome !== 'silent' && outcome !== 'redone',
    ).length;
  }

  nextTurnInMs(): number | undefined {
    const times = this.contacts.flatMap(({ readyAt, lease }) =>
      readyAt === undefined ? [] : [Math.max(readyAt, lease?.until ?? 0)],
    );
    return times.length === 0 ? undefined : Math.max(0, Math.min(...times) - this.now);
  }

  oldestWaitingMs(): number | undefined {
    const times = this.contacts.flatMap(({ readyAt, firstPendingAt }) =>
      readyAt === undefined ? [] : (firstPendingAt ?? []),
    );
    return times.length === 0 ? undefined : Math.max(0, this.now - Math.min(...times));
  }

  /** A turn that was begun anew has cost all the same. */
  recordSpent({ id }: ContactRecord, spent: TokenUse): void {
    if (spent.tokensIn + spent.tokensOut === 0) return;
    this.recordTurn({ contactId: id, outcome: 'redone', record: spent });
  }

  /** @returns The turn's id. */
  recordTurn(turn: Pick<TurnRow, 'contactId' | 'outcome' | 'record'>): number {
    this.#turns += 1;
    this.turns.push({ ...turn, id: this.#turns, endedAt: this.now });
    return this.#turns;
  }

  openReplies(): OutboxRecord[] {
    return this.outbox.filter(({ state }) => ['pending', 'sending', 'unknown'].includes(state));
  }

  /** Of each contact the first open reply, unless a later one is under way. */
  nextReplies(): OutboxRecord[] {
    const open = this.openReplies();
    return open.filter(({ id, contactId }) =>
      open.every(
        (other) =>
          other.contactId !== contactId ||
          other.id === id ||
          (other.id > id && other.state === 'pending'),
      ),
    );
  }

  /** Takes arrivals in, and keeps the body that they came in if one of them is stored. */
  keepingBody<A, T>(arrivals: readonly A[], take: (arrival: A) => T): T[] {
    const stored = this.#messages;
    const taken = arrivals.map(take);
    if (this.#messages > stored) this.rawBodies.push({ receivedAt: this.now });
    return taken;
  }

  /** Ids that were given once are not given again, whatever was erased. */
  nextMessageId(): MessageId {
    this.#messages += 1;
    return this.#messages as MessageId;
  }

  nextReplyId(): OutboxId {
    this.#replies += 1;
    return this.#replies as OutboxId;
  }

  say(contactId: ContactId, entry: HistoryEntry, turnId?: number): HistoryRecord {
    const record = { contactId, entry, ...(turnId === undefined ? {} : { turnId }) };
    this.history.push(record);
    return record;
  }

  flag(contactId: ContactId, reason: string): void {
    const contact = this.contact(contactId);
    contact.person = { reason, since: contact.person?.since ?? this.now };
  }
}
