import { describe, expect, it } from '@jest/globals';
import { Worker } from '../../../../../src/adapters/inbound/worker/worker.ts';
import { type WorkSignal } from '../../../../../src/application/ports/outbound/work-signal.ts';
import { RecordingLogger } from '../../../../doubles/recording-logger.ts';

/** A source that holds what a test puts in, and a signal whose waits the test ends. */
class Workshop implements WorkSignal {
  readonly due: string[] = [];
  readonly claims: number[] = [];
  readonly waits: number[] = [];
  readonly handled: string[] = [];
  readonly logger = new RecordingLogger();
  readonly held = new Map<string, () => void>();
  failClaims = 0;
  readonly worker: Worker<string>;
  #wake: (() => void) | undefined;
  #isRaised = false;
  #waiting = Promise.withResolvers<undefined>();

  constructor(slots: number) {
    this.worker = new Worker(
      {
        topic: 'turns',
        slots,
        source: {
          claim: (limit) => this.#claim(limit),
          nextInMs: () => Promise.resolve(this.due.length > 0 ? 0 : undefined),
        },
        handle: (item, shutdown) => this.#handle(item, shutdown),
      },
      this,
      this.logger,
    );
  }

  raise(): void {
    this.#isRaised = this.#wake === undefined;
    this.#wake?.();
    this.#wake = undefined;
  }

  wait(_topic: string, ms: number, signal?: AbortSignal): Promise<void> {
    if (this.#isRaised) {
      this.#isRaised = false;
      return Promise.resolve();
    }
    this.waits.push(ms);
    return new Promise((resolve) => {
      this.#wake = resolve;
      signal?.addEventListener('abort', () => {
        resolve();
      });
      this.#waiting.resolve(undefined);
      this.#waiting = Promise.withResolvers();
    });
  }

  /** Resolves when the worker has nothing to do the next time. */
  idle(): Promise<undefined> {
    return this.#waiting.promise;
  }

  #claim(limit: number): Promise<string[]> {
    this.claims.push(limit);
    if (this.failClaims > 0) {
      this.failClaims -= 1;
      return Promise.reject(new Error('store away'));
    }
    return Promise.resolve(this.due.splice(0, limit));
  }

  #handle(item: string, shutdown: AbortSignal): Promise<void> {
    this.handled.push(item);
    if (item === 'broken') return Promise.reject(new Error('broken'));
    return new Promise((resolve) => {
      this.held.set(item, resolve);
      shutdown.addEventListener('abort', () => {
        this.handled.push(`${item} given back`);
        resolve();
      });
    });
  }
}

const NEVER = new Promise<void>(() => undefined);

describe('Worker', () => {
  it('claims no more than it has free slots for', async () => {
    const shop = new Workshop(2);
    shop.due.push('a', 'b', 'c');

    const idle = shop.idle();
    shop.worker.start();
    await idle;

    expect(shop.handled).toEqual(['a', 'b']);
    expect(shop.due).toEqual(['c']);
    shop.held.get('a')?.();
    await shop.idle();
    expect(shop.handled).toEqual(['a', 'b', 'c']);
  });

  it('looks again when it is woken', async () => {
    const shop = new Workshop(1);
    const idle = shop.idle();
    shop.worker.start();
    await idle;
    shop.due.push('late');

    const next = shop.idle();
    shop.raise();
    await next;

    expect(shop.handled).toEqual(['late']);
    expect(shop.waits[0]).toBe(500);
  });

  it('goes on after an item that fails, and says so', async () => {
    const shop = new Workshop(1);
    shop.due.push('broken', 'good');
    shop.worker.start();
    while (!shop.handled.includes('good')) await shop.idle();

    expect(shop.logger.events('error')).toEqual(['work failed, its lease will lapse']);
  });

  it('waits a while when nothing can be claimed', async () => {
    const shop = new Workshop(1);
    shop.failClaims = 1;
    const idle = shop.idle();
    shop.worker.start();
    await idle;

    expect(shop.waits).toEqual([1_000]);
    expect(shop.logger.events('error')).toEqual(['work could not be claimed, tried again soon']);
  });

  it('says once that nothing can be claimed, and once that it can be again', async () => {
    const shop = new Workshop(1);
    shop.failClaims = 3;
    const first = shop.idle();
    shop.worker.start();
    await first;
    while (shop.waits.at(-1) === 1_000) {
      const next = shop.idle();
      shop.raise();
      await next;
    }

    expect(shop.claims).toHaveLength(4);
    expect(shop.logger.events()).toEqual([
      'work could not be claimed, tried again soon',
      'work is claimed again',
    ]);
  });

  it('stops claiming at once and ends when its work has ended', async () => {
    const shop = new Workshop(1);
    shop.due.push('a', 'b');
    const idle = shop.idle();
    shop.worker.start();
    await idle;

    const stopped = shop.worker.stop(NEVER);
    shop.held.get('a')?.();
    await stopped;

    expect(shop.handled).toEqual(['a']);
    expect(shop.due).toEqual(['b']);
  });

  it('tells its work to give back what it holds when the grace is over', async () => {
    const shop = new Workshop(1);
    shop.due.push('a');
    const idle = shop.idle();
    shop.worker.start();
    await idle;

    await shop.worker.stop(Promise.resolve());

    expect(shop.handled).toEqual(['a', 'a given back']);
  });
});
