import { type Clock } from '../../../application/ports/outbound/clock.ts';
import { addressBlock } from './address-block.ts';

interface Window {
  readonly endsAt: number;
  refusals: number;
}

const WINDOW_MS = 60_000;
const MAX_REFUSALS = 20;

/** More addresses than this are not remembered; the first one seen is forgotten first. */
const MAX_ADDRESSES = 1_000;

/** Counts wrong tokens by address (IPv6 by /64), so that nobody can try them in quick succession. */
export class RefusalCounter {
  readonly #windows = new Map<string, Window>();

  constructor(private readonly clock: Clock) {}

  /** For how many ms the address has to wait: 0 until it has shown 20 wrong tokens within a minute. */
  blockedForMs(address: string): number {
    const window = this.#windows.get(addressBlock(address));
    if (window === undefined || window.refusals < MAX_REFUSALS) return 0;
    return Math.max(0, window.endsAt - this.clock.now());
  }

  /** Counts one wrong token of the address. */
  count(address: string): void {
    const now = this.clock.now();
    const block = addressBlock(address);
    const window = this.#windows.get(block);
    if (window !== undefined && window.endsAt > now) {
      window.refusals += 1;
      return;
    }
    this.#windows.delete(block);
    this.forgetOldest();
    this.#windows.set(block, { endsAt: now + WINDOW_MS, refusals: 1 });
  }

  private forgetOldest(): void {
    if (this.#windows.size < MAX_ADDRESSES) return;
    const [oldest] = this.#windows.keys();
    if (oldest !== undefined) this.#windows.delete(oldest);
  }
}
