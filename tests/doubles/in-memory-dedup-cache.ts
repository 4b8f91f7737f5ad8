import { type DedupCache } from '../../src/application/ports/outbound/dedup-cache.ts';
import { type InMemoryState } from './in-memory-state.ts';

/** A working dedup cache; the `...Now` methods join another in-memory store's work. */
export class InMemoryDedupCache implements DedupCache {
  readonly #state: InMemoryState;

  constructor(state: InMemoryState) {
    this.#state = state;
  }

  has(key: string): Promise<boolean> {
    return Promise.resolve(this.hasNow(key));
  }

  remember(key: string, ttlMs: number): Promise<boolean> {
    return Promise.resolve(this.rememberNow(key, ttlMs));
  }

  hasNow(key: string): boolean {
    return (this.#state.dedup.get(key) ?? 0) > this.#state.now;
  }

  rememberNow(key: string, ttlMs: number): boolean {
    if (this.hasNow(key)) return false;
    this.#state.dedup.set(key, this.#state.now + ttlMs);
    return true;
  }
}
