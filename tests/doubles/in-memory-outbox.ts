import {
  type ManualMessage,
  type Outbox,
  type OutboxEntry,
  type OutboxFigures,
} from '../../src/application/ports/outbound/outbox.ts';
import { comparableText } from '../../src/domain/comparable-text.ts';
import { type ContactId } from '../../src/domain/contact.ts';
import {
  type AttemptStanding,
  attemptStanding,
  BLOCKED_PAUSE_MS,
  type Delivery,
  type DeliveryState,
  type OutboxId,
  SEND_INTERRUPTED,
  SENDING_LEASE_MS,
  type SendOutcome,
  afterAttempt,
  mayStillChange,
  afterEchoWindow,
} from '../../src/domain/delivery.ts';
import { isPaused, LATE_ECHO_MS, possibleEchoes } from '../../src/domain/takeover.ts';
import { resolveContact } from './in-memory-contacts.ts';
import { InMemoryDeliveryLedger } from './in-memory-delivery-ledger.ts';
import { InMemoryEchoes } from './in-memory-echoes.ts';
import { type ContactRecord, type InMemoryState, type OutboxRecord } from './in-memory-state.ts';

/** A working outbox that forgets everything with the process. */
export class InMemoryOutbox implements Outbox {
  /** Called when a send to the contact is not under way any more. */
  whenSendEnds: (contactId: ContactId) => void = () => undefined;
  readonly #state: InMemoryState;
  readonly #echoes: InMemoryEchoes;
  readonly #ledger: InMemoryDeliveryLedger;

  constructor(state: InMemoryState) {
    this.#state = state;
    this.#echoes = new InMemoryEchoes(state);
    this.#ledger = new InMemoryDeliveryLedger(state, this.#echoes);
  }

  async claimDeliveries(limit: number): Promise<readonly Delivery[]> {
    if ((await this.nextDeliveryInMs()) !== 0) return [];
    this.#settleOverdue();
    this.#cancelReturned();
    const { now, pause } = this.#state;
    const allowed = pause === undefined ? limit : Math.min(limit, pause.until <= now ? 1 : 0);
    const due = this.#state
      .nextReplies()
      .filter(({ state, dueAt }) => state === 'pending' && dueAt <= now)
      .sort((a, b) => a.dueAt - b.dueAt || a.id - b.id);
    return due.slice(0, allowed).map((row) => this.#begin(row));
  }

  settle(delivery: Delivery, outcome: SendOutcome): Promise<DeliveryState> {
    const row = this.#row(delivery.id);
    if (row === undefined) return Promise.reject(new Error(`no reply ${delivery.id}`));
    if (mayStillChange(row.state, outcome, row.attempt === delivery.attempt)) {
      this.#move(row, outcome);
      this.whenSendEnds(row.contactId);
    } else if (outcome.kind === 'sent') this.#ledger.keepId(row, outcome.gatewayId);
    return Promise.resolve(row.state);
  }

  enqueue({ identity, parts }: ManualMessage): Promise<readonly OutboxId[]> {
    const contact = resolveContact(this.#state, identity, 'typed');
    contact.person = undefined;
    return Promise.resolve(this.#ledger.write(contact.id, parts, 'person'));
  }

  find(id: OutboxId): Promise<OutboxEntry | undefined> {
    const row = this.#row(id);
    if (row === undefined) return Promise.resolve(undefined);
    const { state, lastError } = row;
    return Promise.resolve({ id, state, ...(lastError === undefined ? {} : { lastError }) });
  }

  standing({ id, attempt }: Delivery): Promise<AttemptStanding> {
    return Promise.resolve(attemptStanding(this.#row(id), attempt, this.#state.now));
  }

  cancel(ids: readonly OutboxId[]): Promise<boolean> {
    const rows = this.#state.outbox.filter(
      ({ id, state, resends }) => ids.includes(id) && state === 'pending' && resends === 0,
    );
    this.#ledger.cancel(rows);
    return Promise.resolve(rows.length === ids.length);
  }

  nextDeliveryInMs(): Promise<number | undefined> {
    const { now, pause } = this.#state;
    const nextReplies = this.#state.nextReplies();
    const times = this.#state.openReplies().flatMap((row) => {
      if (row.state !== 'pending') return [row.dueAt];
      return nextReplies.includes(row) ? [Math.max(row.dueAt, pause?.until ?? 0)] : [];
    });
    const next = Math.max(0, Math.min(...times) - now);
    return Promise.resolve(times.length === 0 ? undefined : next);
  }

  depth(): Promise<number> {
    return Promise.resolve(this.#state.openReplies().length);
  }

  figures(): Promise<OutboxFigures> {
    const { now, outbox, sendCounts } = this.#state;
    const { duplicate: duplicates, ...settled } = sendCounts;
    const oldest = Math.min(...this.#state.openReplies().map(({ triedSince }) => triedSince));
    const count = (of: DeliveryState): number => outbox.filter(({ state }) => state === of).length;
    return Promise.resolve({
      replies: {
        pending: count('pending'),
        sending: count('sending'),
        unknown: count('unknown'),
        held: outbox.filter(isUndecided).length,
      },
      ...(oldest === Infinity ? {} : { oldestOpenMs: now - oldest }),
      settled,
      duplicates,
      ...this.#echoes.figures(),
    });
  }

  /** Joins the caller's transaction: leaves the parts due, and the whole in the history. */
  write(
    contactId: ContactId,
    parts: readonly string[],
    author: 'agent' | 'person',
    approved?: true,
  ): OutboxId[] {
    return this.#ledger.write(contactId, parts, author, approved);
  }

  /** Joins the caller's transaction: takes back what waits of the agent's. */
  cancelReplies(contact: ContactRecord): void {
    this.#ledger.cancel(
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
    if (row !== known && (row === open || row.state === 'held')) {
      this.#ledger.markSent(row, 'echo', gatewayId);
    }
    this.keepEcho(gatewayId, row.id);
    return true;
  }

  /** Joins the caller's transaction. @returns The reply that has left under the id. */
  replyWithId(gatewayId: string | undefined): OutboxRecord | undefined {
    if (gatewayId === undefined) return undefined;
    const { outbox, echoes } = this.#state;
    const confirmed = outbox.find((row) => row.gatewayId === gatewayId);
    return confirmed ?? outbox.find(({ id }) => id === echoes.get(gatewayId)?.claimedBy);
  }

  /** Joins the caller's transaction; without a reply, a person typed it. */
  keepEcho(
    gatewayId: string | undefined,
    claimedBy: OutboxId | undefined,
    at = this.#state.now,
  ): void {
    if (gatewayId === undefined || this.#state.echoes.has(gatewayId)) return;
    this.#state.echoes.set(gatewayId, { claimedBy, seenAt: at });
    const row = claimedBy === undefined ? undefined : this.#row(claimedBy);
    if (row === undefined) return;
    this.#echoes.note(row, gatewayId, at);
    if (row.gatewayId !== gatewayId) this.#echoes.countIfDuplicate(row);
  }

  #mayBeEchoedYet(row: OutboxRecord): boolean {
    const since = this.#state.now - LATE_ECHO_MS;
    const isHeld = row.state === 'held' && (row.endedAt ?? 0) > since;
    const isRecent = isHeld || (row.attempt > 0 && row.startedAt > since);
    const seen = [...this.#state.echoes.values()].filter(({ claimedBy }) => claimedBy === row.id);
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
    this.#ledger.cancel(returned);
  }

  #row(id: OutboxId): OutboxRecord | undefined {
    return this.#state.outbox.find((row) => row.id === id);
  }

  #settleOverdue(): void {
    const { now } = this.#state;
    for (const row of this.#state.openReplies()) {
      if (row.state === 'sending' && row.dueAt <= now) {
        row.state = 'unknown';
        row.lastError = SEND_INTERRUPTED;
        this.whenSendEnds(row.contactId);
      }
      if (row.state === 'unknown' && row.dueAt <= now) this.#endEchoWindow(row);
    }
  }

  #endEchoWindow(row: OutboxRecord): void {
    const { now, settings, sendCounts } = this.#state;
    const { pause } = this.#state.contact(row.contactId);
    const isUnwanted = row.author === 'agent' && isPaused(pause, now);
    const evidence = this.#echoes.evidence();
    const wasInterrupted = row.lastError === SEND_INTERRUPTED;
    const facts = { ...row, wasInterrupted, isUnwanted };
    const after = afterEchoWindow(facts, evidence, settings.sendUnknown, now);
    if (after.state === 'unknown') row.dueAt = after.resolveAfter;
    else if (after.state === 'held') this.#ledger.giveUp(row, 'held', 'envio sem confirmação');
    else {
      Object.assign(row, { state: 'pending', resends: row.resends + 1, dueAt: now });
      row.unconfirmedSince ??= row.startedAt;
      if (!isUnwanted) sendCounts.resent += 1;
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
    const { id, contactId, body: text, resends } = row;
    return { id, contactId, to, text, attempt, resends };
  }

  #move(row: OutboxRecord, outcome: SendOutcome): void {
    const reason = 'reason' in outcome ? outcome.reason : '';
    const after = afterAttempt(outcome, row, this.#state.now);
    if (after.state === 'sent') this.#ledger.markSent(row, 'response', after.gatewayId);
    else if (after.state === 'failed') this.#ledger.giveUp(row, 'failed', reason);
    else {
      row.state = after.state;
      row.dueAt =
        after.state === 'unknown' ? row.startedAt + this.#echoes.windowMs() : after.notBefore;
      row.lastError = reason;
      if (after.state === 'pending' && after.blocked) {
        this.#state.pause = { reason, until: this.#state.now + BLOCKED_PAUSE_MS };
      }
    }
  }
}

function isUndecided({ state, dismissedAt }: OutboxRecord): boolean {
  return state === 'held' && dismissedAt === undefined;
}

function isSame({ body }: OutboxRecord, text: string): boolean {
  const words = comparableText(text);
  return words !== '' && comparableText(body) === words;
}

/** Whether a send has begun, or begun once and waits to be repeated. */
function mayBeSettled({ state, resends }: OutboxRecord): boolean {
  return state === 'sending' || state === 'unknown' || (state === 'pending' && resends > 0);
}
