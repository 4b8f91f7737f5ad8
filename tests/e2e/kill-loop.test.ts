import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { runChaos, type ChaosRun } from '../../chaos/chaos-run.ts';
import { ProcessKiller } from '../../chaos/support/process-killer.ts';
import { type Targets } from '../../chaos/support/trouble.ts';
import { describeWith } from '../support/describe-with.ts';
import { POSTGRES, PostgresServer } from '../support/postgres-server.ts';
import { ensureBuilt } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Another one is tried with `npm run chaos`, which also has the long forms. */
const SEED = 20_261_125;

const SHORT = {
  seed: SEED,
  messages: 300,
  contacts: 30,
  durationMs: 8_000,
  trouble: (targets: Targets) => new ProcessKiller(targets),
  strikes: 12,
  echoes: true,
  unconfirmed: 0.09,
} as const;

/** A run ends by itself when nothing moves any more; this is for a machine that hardly moves. */
const LONGEST_MS = 600_000;

describe('the cluster whose processes are killed', () => {
  beforeAll(() => ensureBuilt(), 120_000);

  it(
    'loses nothing, doubles nothing, and answers in order on SQLite',
    async () => {
      const { folder, remove } = temporaryFolder();
      const databaseUrl = `file:${join(folder, 'agent.db')}`;

      const run = await runChaos({ ...SHORT, folder, databaseUrl, processes: 2 });

      expectNothingAmiss(run);
      // What a run leaves that went wrong is kept.
      remove();
    },
    LONGEST_MS,
  );

  describeWith(POSTGRES, 'three processes', (binaries) => {
    it(
      'lose nothing, double nothing, and answer in order',
      async () => {
        const { folder, remove } = temporaryFolder();
        const server = await PostgresServer.start(binaries);
        const databaseUrl = await server.emptyDatabase();

        const run = await runChaos({ ...SHORT, folder, databaseUrl, processes: 3 }).finally(() =>
          server.stop(),
        );

        expectNothingAmiss(run);
        remove();
      },
      LONGEST_MS,
    );
  });
});

function expectNothingAmiss(run: ChaosRun): void {
  expect(run.findings).toEqual([]);
  expect(run).toMatchObject({
    account: {
      attempted: 300,
      acknowledged: 300,
      answeredOnce: 300,
      lost: 0,
      duplicated: 0,
      unexpected: 0,
      outOfOrder: 0,
    },
    overlapping: 0,
    stranded: 0,
    stored: { integrity: 'ok', givenUp: 0 },
  });
  expect(run.strikes).toBeGreaterThanOrEqual(12);
  expect(run.copies).toBeGreaterThan(0);
  expect(run.unconfirmed).toBeGreaterThan(0);
}
