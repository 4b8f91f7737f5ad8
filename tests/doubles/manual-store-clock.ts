import { type StoreClock } from '../../src/application/ports/outbound/store-clock.ts';

/** Store time that moves only when told to. */
export class ManualStoreClock implements StoreClock {
  #now: number;

  constructor(now = 1_700_000_000_000) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}
