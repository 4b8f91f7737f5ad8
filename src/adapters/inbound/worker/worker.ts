import { type Logger } from '../../../application/ports/outbound/logger.ts';
import {
  type WorkSignal,
  type WorkTopic,
} from '../../../application/ports/outbound/work-signal.ts';
import { FailureLog } from './failure-log.ts';

/** Where a worker finds what is due. */
interface WorkSource<Item> {
  /** Takes at most `limit` items, for this process alone. */
  claim(limit: number): Promise<readonly Item[]>;
  /** Ms until the next item is due; `undefined` when none waits. */
  nextInMs(): Promise<number | undefined>;
}

export interface WorkerOptions<Item> {
  readonly topic: WorkTopic;
  /** How many items are worked on at once; nothing is claimed without a free slot. */
  readonly slots: number;
  readonly source: WorkSource<Item>;
  readonly handle: (item: Item, shutdown: AbortSignal) => Promise<unknown>;
}

/** How often work is looked for that another process has left behind, ms. */
const POLL_MS = 500;

/** A pause between looks that find something due and nothing to claim (another process was first), ms. */
const LEAST_PAUSE_MS = 10;

/** After an error the source is left alone for this time, ms. */
const ERROR_PAUSE_MS = 1_000;

/** Works on what is due, some items at once, until it is stopped. */
export class Worker<Item> {
  readonly #stopping = new AbortController();
  readonly #shutdown = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #failures: FailureLog;
  #loop: Promise<void> | undefined;

  constructor(
    private readonly options: WorkerOptions<Item>,
    private readonly signal: WorkSignal,
    private readonly logger: Logger,
  ) {
    const events = {
      failed: 'work could not be claimed, tried again soon',
      ended: 'work is claimed again',
    };
    this.#failures = new FailureLog(events, { topic: options.topic }, logger);
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /**
   * Claims nothing more at once, and resolves when all that was claimed has ended.
   *
   * @param grace - When it resolves, running work is told to give back what it holds.
   */
  async stop(grace: Promise<void>): Promise<void> {
    this.#stopping.abort();
    void grace.then(() => {
      this.#shutdown.abort();
    });
    await this.#loop;
    await Promise.all(this.#running);
  }

  async #run(): Promise<void> {
    const { topic } = this.options;
    while (!this.#stopping.signal.aborted) {
      const pause = await this.#claim();
      if (pause > 0) await this.signal.wait(topic, pause, this.#stopping.signal);
    }
  }

  /** Begins what is due. @returns How long nothing more needs to be looked for, ms. */
  async #claim(): Promise<number> {
    const { slots, source } = this.options;
    try {
      const free = slots - this.#running.size;
      if (free <= 0) return POLL_MS;
      const items = await source.claim(free);
      this.#failures.worked();
      for (const item of items) this.#begin(item);
      if (items.length > 0) return 0;
      const next = (await source.nextInMs()) ?? POLL_MS;
      return Math.max(LEAST_PAUSE_MS, Math.min(next, POLL_MS));
    } catch (error) {
      this.#failures.failed(error);
      return ERROR_PAUSE_MS;
    }
  }

  #begin(item: Item): void {
    const { handle, topic } = this.options;
    const work = handle(item, this.#shutdown.signal)
      .catch((error: unknown) => {
        this.logger.error('work failed, its lease will lapse', { topic, error });
      })
      .then(() => {
        this.#running.delete(work);
        this.signal.raise(topic);
      });
    this.#running.add(work);
  }
}
