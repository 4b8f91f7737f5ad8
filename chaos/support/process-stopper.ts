import { setTimeout as sleep } from 'node:timers/promises';
import { type SeededRandom } from '../../bench/support/seeded-random.ts';
import { ReadyProcesses } from './ready-processes.ts';
import { type Targets, type Trouble } from './trouble.ts';

const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 1_000;
const LOOK_MS = 10;
const SHORTEST_STOP_MS = 1_000;
/** Past the lease of 12 s, after which others answer. */
const LONGEST_STOP_MS = 15_000;

/** Lets processes of a cluster stand still and go on, and never the last that is ready. */
export class ProcessStopper implements Trouble {
  strikes = 0;
  readonly #ready: ReadyProcesses;
  readonly #random: SeededRandom;
  readonly #over = new AbortController();
  readonly #stopped = new Map<number, Promise<void>>();

  constructor({ output, random }: Targets) {
    this.#ready = new ReadyProcesses(output);
    this.#random = random;
  }

  async run(): Promise<void> {
    while (!this.#isOver()) {
      await sleep(this.#random.between(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS));
      while (!this.#isOver() && this.#running().length < 2) await sleep(LOOK_MS);
      if (!this.#isOver()) this.#stop(this.#random.pick(this.#running()));
    }
    await Promise.all(this.#stopped.values());
  }

  stop(): void {
    this.#over.abort();
  }

  #isOver(): boolean {
    return this.#over.signal.aborted;
  }

  #running(): readonly number[] {
    return this.#ready.pids().filter((pid) => !this.#stopped.has(pid));
  }

  #stop(pid: number): void {
    process.kill(pid, 'SIGSTOP');
    this.strikes += 1;
    const goesOn = sleep(this.#random.between(SHORTEST_STOP_MS, LONGEST_STOP_MS)).then(() => {
      wake(pid);
      this.#stopped.delete(pid);
    });
    this.#stopped.set(pid, goesOn);
  }
}

function wake(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch {
    // A sibling has ended it, as it stood still in the middle of a write.
  }
}
