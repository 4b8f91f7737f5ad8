import { setTimeout as sleep } from 'node:timers/promises';
import { type SeededRandom } from '../../bench/support/seeded-random.ts';
import { ReadyProcesses } from './ready-processes.ts';
import { type Targets, type Trouble } from './trouble.ts';

const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 400;
const LOOK_MS = 10;

/** Kills processes of a cluster, one after the other, and never the last that is ready. */
export class ProcessKiller implements Trouble {
  strikes = 0;
  readonly #ready: ReadyProcesses;
  readonly #random: SeededRandom;
  readonly #over = new AbortController();

  constructor({ output, random }: Targets) {
    this.#ready = new ReadyProcesses(output);
    this.#random = random;
  }

  async run(): Promise<void> {
    while (!this.#isOver()) {
      await sleep(this.#random.between(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS));
      while (!this.#isOver() && this.#ready.pids().length < 2) await sleep(LOOK_MS);
      if (!this.#isOver()) this.#kill(this.#random.pick(this.#ready.pids()));
    }
  }

  stop(): void {
    this.#over.abort();
  }

  #isOver(): boolean {
    return this.#over.signal.aborted;
  }

  #kill(pid: number): void {
    this.#ready.forget(pid);
    process.kill(pid, 'SIGKILL');
    this.strikes += 1;
  }
}
