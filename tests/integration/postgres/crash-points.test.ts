import { afterAll, beforeAll } from '@jest/globals';

import { crashPointsContract } from '../../contracts/crash-points-contract.ts';
import { describeWith } from '../../support/describe-with.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../../support/postgres-server.ts';

const TABLES = `SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'`;

describeWith(POSTGRES, 'crash points', (binaries) => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());

  crashPointsContract('PostgreSQL', async () => ({
    url: await server.emptyDatabase(),
    tables: TABLES,
    remove: () => undefined,
  }));
});
