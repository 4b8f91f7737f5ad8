import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { hungProcessContract } from '../contracts/hung-process-contract.ts';
import { describeWith } from '../support/describe-with.ts';
import { KillableService } from '../support/killable-service.ts';
import { eventually } from '../support/polling.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../support/postgres-server.ts';
import { ensureBuilt } from '../support/project.ts';
import { kill } from '../support/store-processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

hungProcessContract('SQLite', (folder) => `file:${folder}/agent.db`);

describeWith(POSTGRES, 'recovery from hanging', (binaries) => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());

  hungProcessContract('PostgreSQL', () => server.emptySchema());
});

describe('a process that stands still in the middle of a write to SQLite', () => {
  const script = path.resolve('tests/support/lock-holding-process.ts');
  const longestMs = 60_000;
  let files: ReturnType<typeof temporaryFolder>;
  let service: KillableService;
  let hung: ChildProcess;

  beforeAll(ensureBuilt, longestMs);
  beforeEach(async () => {
    files = temporaryFolder();
    const file = path.join(files.folder, 'agent.db');
    service = await KillableService.start(files.folder, {
      DATABASE_URL: `file:${file}`,
      RAG_DIR: files.folder,
    });
    hung = fork(script, [file, 'hung'], { execArgv: [] });
    await once(hung, 'message');
  }, longestMs);
  afterEach(async () => {
    await Promise.all([service.kill(), kill(hung)]);
    files.remove();
  });

  it(
    'is ended by another one, which takes messages again within 20 s',
    async () => {
      const first = await service.receive('5583988887777', 'Bom dia');
      await eventually(
        'a message to be taken',
        async () => (await service.receive('5583988887777', 'Bom dia')) === 200 || undefined,
        20_000,
      );

      // Both are told by pipes and signals of their own, which may come a moment after the answer.
      const signal = await eventually('its end', () => hung.signalCode ?? undefined);
      const event = 'database blocked by a process that stands still';
      await eventually('the log', () => service.output.includes(event) || undefined);

      expect(first).toBe(503);
      expect(signal).toBe('SIGKILL');
    },
    longestMs,
  );
});
