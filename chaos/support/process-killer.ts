import { setTimeout as sleep } from 'node:timers/promises';
import { type SeededRandom } from '../../bench/support/seeded-random.ts';

const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 400;
const LOOK_MS = 10;

const STARTED = /"event":"service started".*"pid":(\d+)|"pid":(\d+).*"event":"service started"/u;

/** Kills processes of a cluster, one after the other, and never the last that is ready. */
export class ProcessKiller {
  kills = 0;
  readonly #output: () => string;
  readonly #random: SeededRandom;
  readonly #ready = new Set<number>();
  #read = 0;
  readonly #over = new AbortController();

  /** @param output - All that the cluster has written so far. */
  constructor(output: () => string, random: SeededRandom) {
    this.#output = output;
    this.#random = random;
  }

  /** Kills until it is stopped. */
  async run(): Promise<void> {
    while (!this.#isOver()) {
      await sleep(this.#random.between(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS));
      while (!this.#isOver() && this.#readyPids().length < 2) await sleep(LOOK_MS);
      if (!this.#isOver()) this.#kill(this.#random.pick(this.#readyPids()));
    }
  }

  stop(): void {
    this.#over.abort();
  }

  #isOver(): boolean {
    return this.#over.signal.aborted;
  }

  #kill(pid: number): void {
    this.#ready.delete(pid);
    process.kill(pid, 'SIGKILL');
    this.kills += 1;
  }

  /** Whoever says that it has started serves, as long as it lives. */
  #readyPids(): readonly number[] {
    const output = this.#output();
    const end = output.lastIndexOf('\n') + 1;
    for (const line of output.slice(this.#read, end).split('\n')) {
      const [, first, second] = STARTED.exec(line) ?? [];
      const pid = first ?? second;
      if (pid !== undefined) this.#ready.add(Number(pid));
    }
    this.#read = end;
    for (const pid of this.#ready) if (!isAlive(pid)) this.#ready.delete(pid);
    return [...this.#ready];
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
