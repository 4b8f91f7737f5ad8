import { beforeAll, describe, expect, it } from '@jest/globals';

import { type ChaosRun, runChaos } from '../../chaos/chaos-run.ts';
import { LineCutter } from '../../chaos/support/line-cutter.ts';
import { type Line, type Targets } from '../../chaos/support/trouble.ts';
import { describeWith } from '../support/describe-with.ts';
import { POSTGRES, PostgresServer } from '../support/postgres-server.ts';
import { ensureBuilt } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SHORT = {
  seed: 20_261_125,
  processes: 2,
  messages: 60,
  contacts: 20,
  durationMs: 12_000,
  trouble: (targets: Targets) => new LineCutter(targets),
  strikes: 1,
  echoes: true,
  unconfirmed: 0,
} as const;

/** A run ends by itself when nothing moves any more; this is for a machine that hardly moves. */
const LONGEST_MS = 600_000;

/** Nothing arrives and nothing is closed for 8 s, as behind a cut cable. */
describe('the service, when its line falls silent', () => {
  beforeAll(() => ensureBuilt(), 120_000);

  it.each(['gateway', 'model'] as const)(
    'to the %s, loses nothing and answers each message once',
    async (line) => {
      const { folder, remove } = temporaryFolder();
      const databaseUrl = `file:${folder}/agent.db`;

      const run = await runChaos({ ...SHORT, folder, databaseUrl, line });

      expectNothingAmiss(run);
      // What a run leaves that went wrong is kept.
      remove();
    },
    LONGEST_MS,
  );

  describeWith(POSTGRES, 'to the database', (binaries) => {
    it(
      'loses nothing, answers each message once, and lets no webhook hang',
      async () => {
        const { folder, remove } = temporaryFolder();
        const line: Line = 'database';
        const server = await PostgresServer.start(binaries);
        const databaseUrl = await server.emptyDatabase();

        const run = await runChaos({ ...SHORT, folder, databaseUrl, line }).finally(() =>
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
    account: { attempted: 60, acknowledged: 60, answeredOnce: 60, outOfOrder: 0 },
    overlapping: 0,
    stranded: 0,
  });
  expect(run.strikes).toBe(1);
}
