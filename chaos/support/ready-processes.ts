const STARTED = /"event":"service started".*"pid":(\d+)|"pid":(\d+).*"event":"service started"/u;

/** The processes of a cluster that serve: whoever has said that it has started, as long as it lives. */
export class ReadyProcesses {
  readonly #output: () => string;
  readonly #ready = new Set<number>();
  #read = 0;

  /** @param output - All that the cluster has written so far. */
  constructor(output: () => string) {
    this.#output = output;
  }

  pids(): readonly number[] {
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

  /** It does not count any more, although the system may still know it. */
  forget(pid: number): void {
    this.#ready.delete(pid);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
