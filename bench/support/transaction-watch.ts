import { StatementSync } from 'node:sqlite';

/** What a transaction took, from BEGIN to the end of COMMIT. */
export interface TransactionTime {
  readonly ms: number;
  /** Processor time alone; the rest is the disk, or a machine that had something else to do. */
  readonly processorMs: number;
}

/** Times of the transactions of this process on SQLite. */
export class TransactionWatch {
  readonly times: TransactionTime[] = [];
  #begunAt = 0;
  #used = process.cpuUsage();

  /** Every statement of this process passes it from now on. */
  static start(): TransactionWatch {
    const watch = new TransactionWatch();
    const original = Object.getOwnPropertyDescriptor(StatementSync.prototype, 'run');
    const run = original?.value as (this: StatementSync, ...of: unknown[]) => unknown;
    Object.defineProperty(StatementSync.prototype, 'run', {
      ...original,
      value(this: StatementSync, ...parameters: unknown[]) {
        const startedAt = performance.now();
        const result = run.apply(this, parameters);
        watch.#note(this.sourceSQL, startedAt);
        return result;
      },
    });
    return watch;
  }

  /** Forgets what was until now. */
  reset(): void {
    this.times.length = 0;
  }

  #note(sql: string, startedAt: number): void {
    if (sql === 'BEGIN IMMEDIATE') {
      this.#begunAt = startedAt;
      this.#used = process.cpuUsage();
    } else if (sql === 'COMMIT') {
      const { user, system } = process.cpuUsage(this.#used);
      const ms = performance.now() - this.#begunAt;
      this.times.push({ ms, processorMs: (user + system) / 1000 });
    }
  }
}
