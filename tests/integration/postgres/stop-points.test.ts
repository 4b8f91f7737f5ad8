import { afterAll, beforeAll } from '@jest/globals';

import { stopPointsContract } from '../../contracts/stop-points-contract.ts';
import { describeWith } from '../../support/describe-with.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../../support/postgres-server.ts';

describeWith(POSTGRES, 'stop points', (binaries) => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());

  stopPointsContract('PostgreSQL', async () => ({
    url: await server.emptyDatabase(),
    remove: () => undefined,
  }));
});
