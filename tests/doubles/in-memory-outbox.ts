import {
  type ManualMessage,
  type Outbox,
  type OutboxEntry,
} from '../../src/application/ports/outbound/outbox.ts';
import { comparableText } from '../../src/domain/comparable-text.ts';
import { type ContactId } from '../../src/domain/contact.ts';
import {
  BLOCKED_PAUSE_MS,
  type Delivery,
  type DeliveryState,
  ECHO_WINDOW_MS,
  type OutboxId,
  SENDING_LEASE_MS,
  type SendOutcome,
  afterAttempt,
  mayStillChange,
  afterEchoWindow,
} from '../../src/domain/delivery.ts';
import { isPaused, LATE_ECHO_MS, possibleEchoes } from '../../src/domain/takeover.ts';
import { resolveContact } from './in-memory-contacts.ts';
import { type ContactRecord, type InMemoryState, type OutboxRecord } from './in-memory-state.ts';

/** A working outbox that forgets everything with the process. */
export class InMemoryOutbox implements Outbox {
  /** Called when a send to the contact is not under way any more. */
  whenSendEnds: (contactId: ContactId) => void = () => undefined;
  readonly #state: InMemoryState;

  constructor(state: InMemoryState) {
    this.#state = state;
  }

  async claimDeliveries(limit: number): Promise<readonly Delivery[]> {
    if ((await this.nextDeliveryInMs()) !== 0) return [];
    this.#settleOverdue();
    this.#cancelReturned();
    const { now, pause } = this.#state;
    const allowed = pause === undefined ? limit : Math.min(limit, pause.until <= now ? 1 : 0);
    const due = this.#firstOpen()
      .filter(({ state, dueAt }) => state === 'pending' && dueAt <= now)
      .sort((a, b) => a.dueAt - b.dueAt || a.id - b.id);
    return due.slice(0, allowed).map((row) => this.#begin(row));
  }

  settle(delivery: Delivery, outcome: SendOutcome): Promise<DeliveryState> {
    const row = this.#row(delivery.id);
    if (row === undefined) return Promise.reject(new Error(`no reply ${delivery.id}`));
    if (row.attempt === delivery.attempt && mayStillChange(row.state, outcome)) {
      this.#move(row, outcome);
      this.whenSendEnds(row.contactId);
    } else if (outcome.kind === 'sent') this.keepEcho(outcome.gatewayId, row.id);
    return Promise.resolve(row.state);
  }

  enqueue({ identity, parts }: ManualMessage): Promise<readonly OutboxId[]> {
    const contact = resolveContact(this.#state, identity, 'typed');
    contact.person = undefined;
    return Promise.resolve(this.write(contact.id, parts, 'person'));
  }

  find(id: OutboxId): Promise<OutboxEntry | undefined> {
    const row = this.#row(id);
    if (row === undefined) return Promise.resolve(undefined);
    const { state, lastError } = row;
    return Promise.resolve({ id, state, ...(lastError === undefined ? {} : { lastError }) });
  }

  isCurrent({ id, attempt }: Delivery): Promise<boolean> {
    const row = this.#row(id);
    return Promise.resolve(row?.state === 'sending' && row.attempt === attempt);
  }

  cancel(ids: readonly OutboxId[]): Promise<boolean> {
    const rows = this.#state.outbox.filter(
      ({ id, state, resends }) => ids.includes(id) && state === 'pending' && resends === 0,
    );
    this.#cancel(rows);
    return Promise.resolve(rows.length === ids.length);
  }

  nextDeliveryInMs(): Promise<number | undefined> {
    const { now, pause } = this.#state;
    const firstOpen = this.#firstOpen();
    const times = this.#state.openReplies().flatMap((row) => {
      if (row.state !== 'pending') return [row.dueAt];
      return firstOpen.includes(row) ? [Math.max(row.dueAt, pause?.until ?? 0)] : [];
    });
    const next = Math.max(0, Math.min(...times) - now);
    return Promise.resolve(times.length === 0 ? undefined : next);
  }

  depth(): Promise<number> {
    return Promise.resolve(this.#state.openReplies().length);
  }

  /** Joins the caller's transaction: leaves the parts due, and the whole in the history. */
  write(contactId: ContactId, parts: readonly string[], author: 'agent' | 'person'): OutboxId[] {
    const { now, outbox } = this.#state;
    const text = parts.join('\n');
    const said = this.#state.say(contactId, { author, kind: 'text', text, at: now });
    return parts.map((body) => {
      const id = (outbox.length + 1) as OutboxId;
      const counts = { attempt: 0, resends: 0, startedAt: 0 };
      const row = { id, contactId, body, author, createdAt: now, said, ...counts, dueAt: now };
      outbox.push({ ...row, state: 'pending' });
      return id;
    });
  }

  /** Joins the caller's transaction: takes back what waits of the agent's. */
  cancelReplies(contact: ContactRecord): void {
    this.#cancel(
      this.#state.outbox.filter(
        ({ contactId, author, state }) =>
          contactId === contact.id && author === 'agent' && state === 'pending',
      ),
    );
  }

  /** Joins the caller's transaction. @returns Whether it is our own message. */
  settleEcho(contactId: ContactId, text: string, gatewayId: string | undefined): boolean {
    const known = this.replyWithId(gatewayId);
    const alike = this.#state.outbox.filter(
      (row) => row.contactId === contactId && isSame(row, text),
    );
    const open = alike.find((row) => mayBeSettled(row));
    const row = known ?? open ?? alike.find((candidate) => this.#mayBeEchoedYet(candidate));
    if (row === undefined) return false;
    this.keepEcho(gatewayId, row.id);
    if (row !== known && (row === open || row.state === 'failed')) this.#markSent(row, gatewayId);
    return true;
  }

  /** Joins the caller's transaction. @returns The reply that has left under the id. */
  replyWithId(gatewayId: string | undefined): OutboxRecord | undefined {
    if (gatewayId === undefined) return undefined;
    const { outbox, echoes } = this.#state;
    const confirmed = outbox.find((row) => row.gatewayId === gatewayId);
    return confirmed ?? outbox.find(({ id }) => id === echoes.get(gatewayId));
  }

  /** Joins the caller's transaction; without a reply, a person typed it. */
  keepEcho(gatewayId: string | undefined, claimedBy: OutboxId | undefined): void {
    const { echoes } = this.#state;
    if (gatewayId !== undefined && !echoes.has(gatewayId)) echoes.set(gatewayId, claimedBy);
  }

  #mayBeEchoedYet(row: OutboxRecord): boolean {
    const isRecent = row.attempt > 0 && row.startedAt > this.#state.now - LATE_ECHO_MS;
    const seen = [...this.#state.echoes.values()].filter((id) => id === row.id);
    return isRecent && seen.length < possibleEchoes(row);
  }

  #cancelReturned(): void {
    const { now, outbox } = this.#state;
    const returned = outbox.filter(
      ({ state, author, dueAt, contactId }) =>
        state === 'pending' &&
        author === 'agent' &&
        dueAt <= now &&
        isPaused(this.#state.contact(contactId).pause, now),
    );
    this.#cancel(returned);
  }

  #cancel(rows: readonly OutboxRecord[]): void {
    for (const row of rows) {
      row.state = 'cancelled';
      this.#unsay(row);
    }
  }

  #row(id: OutboxId): OutboxRecord | undefined {
    return this.#state.outbox.find((row) => row.id === id);
  }

  #firstOpen(): OutboxRecord[] {
    const seen = new Set<ContactId>();
    return this.#state.openReplies().filter(({ contactId }) => {
      const isFirst = !seen.has(contactId);
      seen.add(contactId);
      return isFirst;
    });
  }

  #settleOverdue(): void {
    const { now } = this.#state;
    for (const row of this.#state.openReplies()) {
      if (row.state === 'sending' && row.dueAt <= now) {
        row.state = 'unknown';
        row.dueAt = row.startedAt + ECHO_WINDOW_MS;
        this.whenSendEnds(row.contactId);
      }
      if (row.state === 'unknown' && row.dueAt <= now) this.#endEchoWindow(row);
    }
  }

  #endEchoWindow(row: OutboxRecord): void {
    if (afterEchoWindow(row.resends) === 'failed') {
      this.#fail(row, 'envio sem confirmação');
    } else {
      Object.assign(row, { state: 'pending', resends: row.resends + 1, dueAt: this.#state.now });
    }
  }

  #begin(row: OutboxRecord): Delivery {
    const { now, pause } = this.#state;
    const { phone, lid } = this.#state.contact(row.contactId);
    const to = phone ?? lid;
    if (to === undefined) throw new Error('a contact without an address');
    const attempt = row.attempt + 1;
    Object.assign(row, {
      state: 'sending',
      owner: this.#state.settings.owner,
      attempt,
      startedAt: now,
      dueAt: now + SENDING_LEASE_MS,
    });
    if (pause !== undefined) pause.until = now + BLOCKED_PAUSE_MS;
    return { id: row.id, contactId: row.contactId, to, text: row.body, attempt };
  }

  #move(row: OutboxRecord, outcome: SendOutcome): void {
    const reason = 'reason' in outcome ? outcome.reason : '';
    const after = afterAttempt(outcome, row, this.#state.now);
    if (after.state === 'sent') this.#markSent(row, after.gatewayId);
    else if (after.state === 'failed') this.#fail(row, reason);
    else {
      row.state = after.state;
      row.dueAt = after.state === 'unknown' ? after.resolveAfter : after.notBefore;
      row.lastError = reason;
      if (after.state === 'pending' && after.blocked) {
        this.#state.pause = { reason, until: this.#state.now + BLOCKED_PAUSE_MS };
      }
    }
  }

  #markSent(row: OutboxRecord, gatewayId: string | undefined): void {
    Object.assign(row, { state: 'sent', endedAt: this.#state.now, lastError: undefined });
    row.gatewayId = gatewayId;
    this.#state.pause = undefined;
  }

  #fail(row: OutboxRecord, reason: string): void {
    Object.assign(row, { state: 'failed', endedAt: this.#state.now, lastError: reason });
    this.#state.flag(row.contactId, `resposta não entregue: ${reason}`);
  }

  #unsay({ said }: OutboxRecord): void {
    const rest = this.#state.outbox.filter(
      (row) => row.said === said && (row.state !== 'cancelled' || row.resends > 0),
    );
    said.entry = { ...said.entry, text: rest.map(({ body }) => body).join('\n') };
    if (rest.length > 0) return;
    this.#state.history = this.#state.history.filter((record) => record !== said);
  }
}

function isSame({ body }: OutboxRecord, text: string): boolean {
  const words = comparableText(text);
  return words !== '' && comparableText(body) === words;
}

/** Whether a send has begun, or begun once and waits to be repeated. */
function mayBeSettled({ state, resends }: OutboxRecord): boolean {
  return state === 'sending' || state === 'unknown' || (state === 'pending' && resends > 0);
}
