import { type Clock } from '../../src/application/ports/outbound/clock.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is advanced. */
export class ManualClock implements Clock {
  /** How long each sleep was to last, ms, in the order in which they began. */
  readonly sleeps: number[] = [];
  private readonly sleepers = new Set<Sleeper>();
  private readonly watchers = new Set<() => void>();
  /** Since the clock was made, ms: what sleeps are measured by. */
  private elapsed = 0;
  private wallStart: number;

  /** @param start - Ms since 1970; by default Tuesday, 15 September 2026, 12:00 UTC (09:00 in São Paulo). */
  constructor(start: number = Date.UTC(2026, 8, 15, 12)) {
    this.wallStart = start;
  }

  /** How many sleeps have not ended. */
  get sleeping(): number {
    return this.sleepers.size;
  }

  now(): number {
    return this.wallStart + this.elapsed;
  }

  monotonic(): number {
    return this.elapsed;
  }

  /** Sets the wall clock on (or, below zero, back) without any time passing: no sleeper wakes. */
  jump(ms: number): void {
    this.wallStart += ms;
  }

  /** Resolves once so many sleeps have begun, counted from the start, whether or not they have ended. */
  sleepsBegun(count: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.sleeps.length < count) return;
        this.watchers.delete(look);
        resolve();
      };
      this.watchers.add(look);
      look();
    });
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    for (const look of [...this.watchers]) look();
    if (ms <= 0 || signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper: Sleeper = { at: this.elapsed + ms, wake };
      this.sleepers.add(sleeper);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  /**
   * Moves time on, waking each sleeper at its own instant and letting what follows from it run
   * before the next, so that a loop of short sleeps takes every one of its steps.
   */
  async advance(ms: number): Promise<void> {
    const target = this.elapsed + ms;
    await settle();
    for (let next = this.nextBy(target); next !== undefined; next = this.nextBy(target)) {
      this.elapsed = next.at;
      next.wake();
      await settle();
    }
    this.elapsed = target;
    await settle();
  }

  private nextBy(target: number): Sleeper | undefined {
    const due = [...this.sleepers].filter(({ at }) => at <= target);
    return due.sort((a, b) => a.at - b.at)[0];
  }
}

/** Two rounds of the event loop: every promise that waits for no outside event has gone on. */
async function settle(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}
