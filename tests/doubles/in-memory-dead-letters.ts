import {
  type DeadLetterCounts,
  type DeadLetterPage,
  type DeadLetters,
  type RetryOutcome,
} from '../../src/application/ports/outbound/dead-letters.ts';
import { type ContactId, userOf } from '../../src/domain/contact.ts';
import {
  type DeadLetter,
  type DeadLetterPosition,
  type DeadLetterReference,
  tellsOfDeadLetter,
} from '../../src/domain/dead-letter.ts';
import { isPaused } from '../../src/domain/takeover.ts';
import { turnAsText } from '../../src/domain/turn.ts';
import { reschedule, voidLease } from './in-memory-contacts.ts';
import { type InMemoryState, type OutboxRecord, type TurnRow } from './in-memory-state.ts';

/** Finds the dead letters among the in-memory stores' replies and turns. */
export class InMemoryDeadLetters implements DeadLetters {
  readonly #state: InMemoryState;

  constructor(state: InMemoryState) {
    this.#state = state;
  }

  list({ limit, after }: DeadLetterPage): Promise<readonly DeadLetter[]> {
    const all = this.#all().sort(inListOrder);
    const rest = after === undefined ? all : all.filter((letter) => inListOrder(after, letter) < 0);
    return Promise.resolve(rest.slice(0, limit));
  }

  counts(): Promise<DeadLetterCounts> {
    const all = this.#all();
    const count = (kind: DeadLetter['kind'], state: DeadLetter['state']): number =>
      all.filter((letter) => letter.kind === kind && letter.state === state).length;
    return Promise.resolve({
      failedTurns: count('turn', 'failed'),
      failedReplies: count('reply', 'failed'),
      heldReplies: count('reply', 'held'),
    });
  }

  retry(reference: DeadLetterReference): Promise<RetryOutcome> {
    const letter = this.#find(reference);
    if (letter === undefined) return Promise.resolve({ status: 'unknown' });
    const { contactId } = letter;
    const reply = this.#reply(reference);
    const isPersons = reply?.author === 'person';
    if (!isPersons && isPaused(this.#state.contact(contactId).pause, this.#state.now)) {
      return Promise.resolve({ status: 'taken_over', contactId });
    }
    if (reply === undefined) this.#retryTurn(reference.id, contactId);
    else this.#retryReply(reply);
    this.#unflag(contactId);
    return Promise.resolve({ status: 'retried', contactId });
  }

  dismiss(reference: DeadLetterReference): Promise<ContactId | undefined> {
    const letter = this.#find(reference);
    if (letter === undefined) return Promise.resolve(undefined);
    const row = this.#reply(reference) ?? this.#turn(reference.id);
    row.dismissedAt = this.#state.now;
    this.#unflag(letter.contactId);
    return Promise.resolve(letter.contactId);
  }

  #retryReply(row: OutboxRecord): void {
    const { now, sendCounts } = this.#state;
    if (row.state === 'held') {
      row.resends += 1;
      row.unconfirmedSince ??= row.startedAt;
      sendCounts.resent += 1;
    }
    delete row.endedAt;
    Object.assign(row, { state: 'pending', dueAt: now, triedSince: now });
  }

  #retryTurn(turnId: number, contactId: ContactId): void {
    const state = this.#state;
    this.#turn(turnId).retriedAt = state.now;
    state.history = state.history.filter((record) => record.turnId !== turnId);
    for (const message of state.inbox.filter((record) => record.turnId === turnId)) {
      message.state = 'pending';
      delete message.turnId;
    }
    const contact = state.contact(contactId);
    voidLease(contact);
    Object.assign(contact, { redo: 0, attempts: 0, deaths: 0, notBefore: undefined });
    reschedule(state, contact);
  }

  #unflag(contactId: ContactId): void {
    const contact = this.#state.contact(contactId);
    const isLast = this.#all().every((letter) => letter.contactId !== contactId);
    if (isLast && tellsOfDeadLetter(contact.person?.reason ?? '')) contact.person = undefined;
  }

  #all(): DeadLetter[] {
    const { outbox, turns } = this.#state;
    const replies = outbox.flatMap((row) => this.#deadReply(row) ?? []);
    return [...replies, ...turns.flatMap((row) => this.#deadTurn(row) ?? [])];
  }

  #deadReply(row: OutboxRecord): DeadLetter | undefined {
    const { id, state, endedAt: since = 0, body: text, lastError, contactId } = row;
    if ((state !== 'failed' && state !== 'held') || row.dismissedAt !== undefined) return undefined;
    const error = lastError === undefined ? {} : { error: lastError };
    return { kind: 'reply', id, state, since, text, ...this.#whose(contactId), ...error };
  }

  #deadTurn(row: TurnRow): DeadLetter | undefined {
    const { id, endedAt: since, record, contactId } = row;
    if (!isDead(row)) return undefined;
    const text = turnAsText(this.#state.inbox.filter(({ turnId }) => turnId === id));
    const error = record.error === undefined ? {} : { error: record.error };
    return { kind: 'turn', id, state: 'failed', since, text, ...this.#whose(contactId), ...error };
  }

  #whose(id: ContactId): Pick<DeadLetter, 'contactId' | 'number'> {
    const { phone, lid } = this.#state.contact(id);
    return { contactId: id, number: phone === undefined ? (lid ?? '') : userOf(phone) };
  }

  #find({ kind, id }: DeadLetterReference): DeadLetter | undefined {
    return this.#all().find((letter) => letter.kind === kind && letter.id === id);
  }

  #reply({ kind, id }: DeadLetterReference): OutboxRecord | undefined {
    return kind === 'reply' ? this.#state.outbox.find((row) => row.id === id) : undefined;
  }

  #turn(id: number): TurnRow {
    const row = this.#state.turns.find((turn) => turn.id === id);
    if (row === undefined) throw new Error(`no turn ${id}`);
    return row;
  }
}

/** Whether the turn was given up, and nobody has decided about it. */
export function isDead({ outcome, retriedAt, dismissedAt }: TurnRow): boolean {
  return outcome === 'apologised' && retriedAt === undefined && dismissedAt === undefined;
}

function inListOrder(a: DeadLetterPosition, b: DeadLetterPosition): number {
  return b.since - a.since || a.kind.localeCompare(b.kind) || b.id - a.id;
}
