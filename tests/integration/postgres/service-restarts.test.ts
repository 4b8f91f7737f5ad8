import { beforeAll, expect, it } from '@jest/globals';

import { runChaos } from '../../../chaos/chaos-run.ts';
import { ServerCrasher } from '../../../chaos/support/server-crasher.ts';
import { describeWith } from '../../support/describe-with.ts';
import { POSTGRES, PostgresServer } from '../../support/postgres-server.ts';
import { ensureBuilt } from '../../support/project.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A run ends by itself when nothing moves any more; this is for a machine that hardly moves. */
const LONGEST_MS = 600_000;

describeWith(POSTGRES, 'the service, when its database’s server crashes ten times', (binaries) => {
  beforeAll(() => ensureBuilt(), 120_000);

  it(
    'loses nothing that it has acknowledged, and answers each message once',
    async () => {
      const { folder, remove } = temporaryFolder();
      const server = await PostgresServer.start(binaries);

      const run = await runChaos({
        seed: 20_261_125,
        folder,
        databaseUrl: await server.emptyDatabase(),
        processes: 2,
        messages: 200,
        contacts: 20,
        durationMs: 15_000,
        trouble: ({ random }) => new ServerCrasher(server, random),
        strikes: 10,
        echoes: true,
        unconfirmed: 0.09,
      }).finally(() => server.stop());

      expect(run.findings).toEqual([]);
      expect(run).toMatchObject({
        account: { attempted: 200, acknowledged: 200, answeredOnce: 200, outOfOrder: 0 },
        overlapping: 0,
        stranded: 0,
      });
      expect(run.strikes).toBeGreaterThanOrEqual(10);
      // What a run leaves that went wrong is kept.
      remove();
    },
    LONGEST_MS,
  );
});
