import { type Clock } from '../../../application/ports/outbound/clock.ts';
import { type Logger } from '../../../application/ports/outbound/logger.ts';
import { FailureLog } from './failure-log.ts';

/** Does one thing again and again, with a pause between two runs, until it is stopped. */
export class PeriodicTask {
  readonly #stopping = new AbortController();
  readonly #failures: FailureLog;
  #loop: Promise<void> | undefined;

  /** @param task - What is done; `name` stands in the log when it begins to fail, and the next run tries again. */
  constructor(
    private readonly task: {
      readonly name: string;
      readonly everyMs: number;
      /** The first run is at once instead of one pause away. */
      readonly atOnce?: boolean;
      /** Ends early, where it can, once the task is stopped. */
      readonly run: (stopping: AbortSignal) => Promise<unknown>;
    },
    private readonly clock: Clock,
    logger: Logger,
  ) {
    const events = {
      failed: 'periodic task failed, tried again later',
      ended: 'periodic task works again',
    };
    this.#failures = new FailureLog(events, { task: task.name }, logger);
  }

  start(): void {
    this.#loop ??= this.#repeat();
  }

  /** Resolves when the run that was going on has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  async #repeat(): Promise<void> {
    if (this.task.atOnce === true) await this.#run();
    for (;;) {
      await this.clock.sleep(this.task.everyMs, this.#stopping.signal);
      if (this.#stopping.signal.aborted) return;
      await this.#run();
    }
  }

  async #run(): Promise<void> {
    try {
      await this.task.run(this.#stopping.signal);
      this.#failures.worked();
    } catch (error) {
      this.#failures.failed(error);
    }
  }
}
