import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { type DatabasePlace, type StoreCommand } from './store-process.ts';

const SCRIPT = path.resolve('tests/support/store-process.ts');

/** Two more processes, each with a store of its own on one database. */
export class TwoStoreProcesses {
  readonly first: ChildProcess = fork(SCRIPT, { execArgv: [] });
  readonly second: ChildProcess = fork(SCRIPT, { execArgv: [] });

  open(database: DatabasePlace): Promise<unknown[]> {
    return Promise.all([
      ask(this.first, { do: 'open', database, owner: 'worker-1' }),
      ask(this.second, { do: 'open', database, owner: 'worker-2' }),
    ]);
  }

  askBoth(command: StoreCommand): Promise<unknown[]> {
    return Promise.all([ask(this.first, command), ask(this.second, command)]);
  }

  /** Ends both at once, whatever they are at. */
  async kill(): Promise<void> {
    await Promise.all([this.first, this.second].map((child) => kill(child)));
  }
}

export async function ask(child: ChildProcess, command: StoreCommand): Promise<unknown> {
  const answered = once(child, 'message');
  child.send(command);
  const [answer] = (await answered) as unknown[];
  return answer;
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
