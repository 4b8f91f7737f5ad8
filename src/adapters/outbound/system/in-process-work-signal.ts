import { type Clock } from '../../../application/ports/outbound/clock.ts';
import {
  type WorkSignal,
  type WorkTopic,
} from '../../../application/ports/outbound/work-signal.ts';

/** Tells the workers of this process that there is something to do. */
export class InProcessWorkSignal implements WorkSignal {
  private readonly waiting = new Map<WorkTopic, Set<() => void>>();
  private readonly remembered = new Set<WorkTopic>();

  constructor(private readonly clock: Clock) {}

  raise(topic: WorkTopic): void {
    const waiters = [...(this.waiting.get(topic) ?? [])];
    if (waiters.length === 0) this.remembered.add(topic);
    for (const wake of waiters) wake();
  }

  async wait(topic: WorkTopic, ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true || this.remembered.delete(topic)) return;
    const woken = new AbortController();
    const wake = (): void => {
      // At once, so that a second raise in the same instant is remembered for the next wait.
      waiters.delete(wake);
      woken.abort();
    };
    const waiters = this.waitersOf(topic);
    waiters.add(wake);
    signal?.addEventListener('abort', wake, { once: true });
    try {
      await this.clock.sleep(ms, woken.signal);
    } finally {
      waiters.delete(wake);
      signal?.removeEventListener('abort', wake);
    }
  }

  private waitersOf(topic: WorkTopic): Set<() => void> {
    const waiters = this.waiting.get(topic) ?? new Set();
    this.waiting.set(topic, waiters);
    return waiters;
  }
}
