import {
  type ContactReference,
  type TakenConversation,
  type Takeovers,
} from '../../src/application/ports/outbound/takeovers.ts';
import { isPaused, pauseByPerson, type Pause } from '../../src/domain/takeover.ts';
import { type InMemoryOutbox } from './in-memory-outbox.ts';
import { type ContactRecord, type InboxRecord, type InMemoryState } from './in-memory-state.ts';

/** Working takeovers; the methods below `resume` join another in-memory store's work. */
export class InMemoryTakeovers implements Takeovers {
  readonly #state: InMemoryState;
  readonly #outbox: InMemoryOutbox;

  constructor(state: InMemoryState, outbox: InMemoryOutbox) {
    this.#state = state;
    this.#outbox = outbox;
    outbox.whenSendEnds = (id) => {
      this.decide(state.contact(id));
    };
  }

  pause(reference: ContactReference, forMs?: number): Promise<TakenConversation | undefined> {
    const contact = this.#find(reference);
    if (contact === undefined) return Promise.resolve(undefined);
    const until = forMs === undefined ? {} : { until: this.#state.now + forMs };
    const pause: Pause = { by: 'request', ...until };
    this.silence(contact, pause);
    return Promise.resolve({ contactId: contact.id, pause });
  }

  resume(reference: ContactReference): Promise<TakenConversation | undefined> {
    const contact = this.#find(reference);
    if (contact === undefined) return Promise.resolve(undefined);
    this.goOn(contact);
    return Promise.resolve({ contactId: contact.id });
  }

  goOn(contact: ContactRecord): void {
    contact.pause = undefined;
    const { inbox } = this.#state;
    for (const row of inbox) {
      if (row.contactId === contact.id && row.state === 'held') row.isResumed = true;
    }
  }

  /** Tells persons' messages from echoes, unless a send to the contact is under way. */
  decide(contact: ContactRecord): void {
    const { inbox, outbox } = this.#state;
    const isOf = ({ contactId }: { readonly contactId: number }): boolean =>
      contactId === contact.id;
    if (outbox.some((row) => isOf(row) && row.state === 'sending')) return;
    for (const message of inbox.filter((record) => isOf(record) && record.state === 'held')) {
      const gatewayId = message.key?.slice('out|'.length);
      const reply = this.#outbox.replyWithId(gatewayId);
      this.#outbox.keepEcho(gatewayId, reply?.id, message.receivedAt);
      message.state = reply === undefined ? 'done' : 'ignored';
      if (message.state === 'done') this.#takeForPersons(contact, message);
    }
  }

  personWrote(contact: ContactRecord): void {
    const { now, settings } = this.#state;
    const pause = pauseByPerson(contact.pause, now, settings.takeover.takeoverMs);
    if (pause !== undefined) this.silence(contact, pause);
  }

  silence(contact: ContactRecord, pause: Pause): void {
    contact.pause = pause;
    this.#outbox.cancelReplies(contact);
    this.endWaiting(contact);
  }

  endWaiting(contact: ContactRecord): void {
    for (const message of this.#state.pendingOf(contact.id)) {
      message.state = 'ignored';
      const { kind, text, receivedAt } = message;
      this.#state.say(contact.id, { author: 'customer', kind, text, at: receivedAt });
    }
    contact.fence += 1;
    const nothing = {
      lease: undefined,
      readyAt: undefined,
      firstPendingAt: undefined,
      notBefore: undefined,
    };
    Object.assign(contact, { ...nothing, redo: 0, attempts: 0, deaths: 0 });
  }

  isPaused({ pause }: ContactRecord): boolean {
    return isPaused(pause, this.#state.now);
  }

  #takeForPersons(contact: ContactRecord, message: InboxRecord): void {
    const { kind, text, receivedAt, isResumed } = message;
    if (isResumed !== true) this.personWrote(contact);
    this.#state.say(contact.id, { author: 'person', kind, text, at: receivedAt });
    contact.person = undefined;
  }

  #find(reference: ContactReference): ContactRecord | undefined {
    const { contacts } = this.#state;
    const id = typeof reference === 'object' ? this.#state.find(reference)[0] : reference;
    const contact = contacts.find((candidate) => candidate.id === id);
    return contact === undefined ? undefined : this.#state.contact(contact.id);
  }
}
