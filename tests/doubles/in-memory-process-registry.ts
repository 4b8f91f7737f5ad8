import {
  type Estate,
  type ProcessRegistry,
  type RegisteredProcess,
  type Seat,
  type Station,
} from '../../src/application/ports/outbound/process-registry.ts';
import { type ProcessIdentity } from '../../src/application/ports/outbound/process-table.ts';
import { INGRESS_GAP_MS, STANDSTILL_MS } from '../../src/domain/echo-evidence.ts';
import { restAfterDeath } from '../../src/domain/turn.ts';
import { type InMemoryState } from './in-memory-state.ts';

/** The processes of the in-memory stores. */
export class InMemoryProcessRegistry implements ProcessRegistry {
  readonly #state: InMemoryState;
  readonly #owner: string;

  constructor(state: InMemoryState, owner: string = state.settings.owner) {
    this.#state = state;
    this.#owner = owner;
  }

  register(process: ProcessIdentity, { host, number }: Seat): Promise<Station> {
    const { processes, now, settings } = this.#state;
    const taken = processes.filter(
      ({ owner, hasEnded, beatAt }) =>
        owner !== this.#owner && !hasEnded && beatAt > now - settings.leaseMs,
    );
    let free = 0;
    while (taken.some(({ slot }) => slot === `${host}:${free}`)) free += 1;
    const slot = `${host}:${number ?? free}`;
    const earlier = processes.filter((other) => other.slot === slot);
    const incarnation = Math.max(0, ...earlier.map((other) => other.incarnation)) + 1;
    this.#state.processes = [
      ...processes.filter(({ owner }) => owner !== this.#owner),
      { ...process, slot, incarnation, owner: this.#owner, beatAt: now, hasEnded: false },
    ];
    return Promise.resolve({ slot, incarnation });
  }

  beat(isDeaf = false): Promise<readonly RegisteredProcess[]> {
    const { processes, ingress, now } = this.#state;
    const own = processes.find(({ owner }) => owner === this.#owner);
    const isOneDeaf = processes.some(
      ({ hasEnded, beatAt }) =>
        !hasEnded && beatAt < now - INGRESS_GAP_MS && beatAt >= now - STANDSTILL_MS,
    );
    const isSilent = ingress.at === undefined || ingress.at < now - INGRESS_GAP_MS;
    const isGap = isDeaf || isOneDeaf || isSilent;
    if (own !== undefined) own.beatAt = now;
    this.#state.ingress = { ...ingress, at: now, ...(isGap ? { gapEndedAt: now } : {}) };
    const neighbours = processes
      .filter((other) => other.place === own?.place && other !== own && !other.hasEnded)
      .sort((a, b) => a.slot.localeCompare(b.slot) || a.incarnation - b.incarnation);
    return Promise.resolve(neighbours.map(({ beatAt: _at, hasEnded: _ended, ...rest }) => rest));
  }

  release(owner: string): Promise<Estate> {
    const { contacts, outbox, now } = this.#state;
    const leased = contacts.filter(({ lease }) => lease?.owner === owner);
    for (const contact of leased) {
      contact.lease = undefined;
      contact.fence += 1;
      contact.attempts -= 1;
      contact.deaths += 1;
      const rest = restAfterDeath(contact.deaths);
      contact.notBefore = rest === 0 ? undefined : now + rest;
      contact.readyAt = Math.max(contact.readyAt ?? 0, contact.notBefore ?? 0);
    }
    const begun = outbox.filter(
      (row) => row.state === 'sending' && row.owner === owner && row.dueAt > now,
    );
    for (const row of begun) row.dueAt = now;
    this.#end(owner);
    return Promise.resolve({ contacts: leased.length, replies: begun.length });
  }

  retire(): Promise<void> {
    this.#end(this.#owner);
    return Promise.resolve();
  }

  #end(owner: string): void {
    for (const entry of this.#state.processes) if (entry.owner === owner) entry.hasEnded = true;
  }
}
