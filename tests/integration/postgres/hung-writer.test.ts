import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';

import { type Store } from '../../../src/application/ports/outbound/store.ts';
import { StoreUnavailableError } from '../../../src/application/ports/outbound/store-unavailable-error.ts';
import { describeWith } from '../../support/describe-with.ts';
import { eventually } from '../../support/polling.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../../support/postgres-server.ts';
import { openTestStore } from '../../support/postgres-store-under-test.ts';
import { kill } from '../../support/store-processes.ts';
import { receive } from '../../support/store-under-test.ts';

const SCRIPT = path.resolve('tests/support/stopping-claimer.ts');

/** What is promised after a process has begun to hang, ms. */
const FREE_WITHIN_MS = 20_000;

const LONGEST_MS = 60_000;

describeWith(POSTGRES, 'a contact whose row a process that stands still has locked', (binaries) => {
  let server: PostgresServer;
  let store: Store;
  let holder: ChildProcess;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());
  beforeEach(async () => {
    const url = await server.emptySchema();
    store = await openTestStore({ url, timing: { quietMs: 0, maxWaitMs: 0 } });
    await receive(store, { id: 'A', text: 'Bom dia' });
    holder = fork(SCRIPT, [url], { execArgv: ['--experimental-transform-types'] });
    await once(holder, 'message');
  });
  afterEach(async () => {
    await kill(holder);
    await store.close();
  });

  it(
    'is free again within 20 s; the process finds its claim gone when it wakes',
    async () => {
      const atOnce: unknown = await receive(store, { id: 'B', text: 'Tudo bem?' }).catch(
        (error: unknown) => error,
      );
      const taken = await eventually(
        'a message to be taken',
        () => receive(store, { id: 'B', text: 'Tudo bem?' }),
        FREE_WITHIN_MS,
      );
      const [turn] = await store.inbox.claimTurns(1);
      const waking = once(holder, 'message');
      holder.kill('SIGCONT');

      expect(atOnce).toBeInstanceOf(StoreUnavailableError);
      expect(taken).toMatchObject({ status: 'accepted' });
      expect(turn?.messages.map(({ text }) => text)).toEqual(['Bom dia', 'Tudo bem?']);
      expect(turn?.attempts).toBe(1);
      expect(await waking).toMatchObject(['StoreUnavailableError']);
    },
    LONGEST_MS,
  );
});
