import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { openTestStore } from '../../support/sqlite-store-under-test.ts';
import { type StoreCommand } from '../../support/store-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SCRIPT = path.resolve('tests/support/store-process.ts');

async function ask(child: ChildProcess, command: StoreCommand): Promise<unknown> {
  const answered = once(child, 'message');
  child.send(command);
  const [answer] = (await answered) as unknown[];
  return answer;
}

describe('two processes on one database', () => {
  let files: ReturnType<typeof temporaryFolder>;
  let file: string;
  let first: ChildProcess;
  let second: ChildProcess;

  beforeEach(() => {
    files = temporaryFolder();
    file = path.join(files.folder, 'agent.db');
    first = fork(SCRIPT, { execArgv: [] });
    second = fork(SCRIPT, { execArgv: [] });
  });
  afterEach(async () => {
    await Promise.all(
      [first, second].map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }),
    );
    files.remove();
  });

  const askBoth = (command: StoreCommand): Promise<unknown[]> =>
    Promise.all([ask(first, command), ask(second, command)]);
  const openBoth = (): Promise<unknown[]> =>
    Promise.all([
      ask(first, { do: 'open', file, owner: 'worker-1' }),
      ask(second, { do: 'open', file, owner: 'worker-2' }),
    ]);

  it('both come up on a new file', async () => {
    expect(await openBoth()).toEqual(['open', 'open']);
  });

  it('accept each message once when both receive all of them', async () => {
    await openBoth();

    const accepted = (await askBoth({ do: 'receive', count: 200 })).flat();

    expect(accepted).toHaveLength(200);
    expect(new Set(accepted).size).toBe(200);
  });

  it('answer each contact once when both look for work', async () => {
    await openBoth();
    await askBoth({ do: 'receive', count: 200 });

    const answered = (await askBoth({ do: 'answer' })).flat();

    expect(answered).toHaveLength(200);
    expect(new Set(answered).size).toBe(200);
  });

  it('keep what one of them had accepted when it is killed', async () => {
    await openBoth();
    await ask(first, { do: 'receive', count: 50 });
    const ended = once(first, 'exit');
    first.kill('SIGKILL');
    await ended;

    const store = await openTestStore({ file });

    expect(await store.inbox.depth()).toBe(50);
    await store.close();
  });
});
