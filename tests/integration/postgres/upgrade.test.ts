import { afterAll, beforeAll } from '@jest/globals';
import { Client } from 'pg';

import { migrate } from '../../../src/adapters/outbound/postgres/migrate.ts';
import { initialSchema } from '../../../src/adapters/outbound/postgres/migrations/001-initial.ts';
import { NEXT_STEP, upgradeContract } from '../../contracts/upgrade-contract.ts';
import { describeWith } from '../../support/describe-with.ts';
import {
  POSTGRES,
  PostgresServer,
  SERVER_START_MS,
  rowsOf,
} from '../../support/postgres-server.ts';
import { openTestStore } from '../../support/postgres-store-under-test.ts';

const NEXT_RELEASE = [
  { version: 1, sql: initialSchema },
  { version: 2, sql: NEXT_STEP },
];

describeWith(POSTGRES, 'upgrading', (binaries) => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());

  upgradeContract('a PostgreSQL database', async () => {
    const url = await server.emptySchema();
    const upgradeOnce = async (): Promise<void> => {
      const client = new Client({ connectionString: url });
      await client.connect();
      await migrate(client, NEXT_RELEASE);
      await client.end();
    };
    return {
      open: () => openTestStore({ url }),
      upgrade: async (processes) => {
        await Promise.all(Array.from({ length: processes }, upgradeOnce));
      },
      look: async () => {
        const versions = await rowsOf(url, 'SELECT version FROM migration ORDER BY version');
        const moods = await rowsOf(url, 'SELECT mood FROM inbox ORDER BY id');
        return {
          versions: versions.map(({ version }) => Number(version)),
          moods: moods.map(({ mood }) => mood),
        };
      },
      // The schema goes with the server.
      close: () => Promise.resolve(),
    };
  });
});
