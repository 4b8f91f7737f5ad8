import { afterAll, beforeAll } from '@jest/globals';

import { twoProcessesContract } from '../../contracts/two-processes-contract.ts';
import { describeWith } from '../../support/describe-with.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../../support/postgres-server.ts';
import { openTestStore } from '../../support/postgres-store-under-test.ts';

describeWith(POSTGRES, 'PostgresStore in several processes', (binaries) => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());

  twoProcessesContract('PostgresStore', async () => {
    const url = await server.emptySchema();
    // The schema goes with the server.
    return { place: { url }, open: () => openTestStore({ url }), remove: () => undefined };
  });
});
