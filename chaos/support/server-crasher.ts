import { setTimeout as sleep } from 'node:timers/promises';
import { type SeededRandom } from '../../bench/support/seeded-random.ts';
import { type PostgresServer } from '../../tests/support/postgres-server.ts';
import { type Trouble } from './trouble.ts';

const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 2_000;
const LONGEST_ABSENCE_MS = 1_000;
/** A busy machine may take long to replay the log. */
const UP_WITHIN_MS = 300_000;

/** Has the database's server stop in `immediate` mode, which is a crash, and start again. */
export class ServerCrasher implements Trouble {
  strikes = 0;
  readonly #server: PostgresServer;
  readonly #random: SeededRandom;
  readonly #over = new AbortController();

  constructor(server: PostgresServer, random: SeededRandom) {
    this.#server = server;
    this.#random = random;
  }

  async run(): Promise<void> {
    while (!this.#over.signal.aborted) {
      await sleep(this.#random.between(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS));
      await this.#server.crash();
      await sleep(this.#random.between(0, LONGEST_ABSENCE_MS));
      await this.#server.up({}, UP_WITHIN_MS);
      this.strikes += 1;
    }
  }

  stop(): void {
    this.#over.abort();
  }
}
