import { afterAll, beforeAll } from '@jest/globals';

import { storeContract } from '../../contracts/store-contract.ts';
import { describeWith } from '../../support/describe-with.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../../support/postgres-server.ts';
import { emptyPostgresStores } from '../../support/postgres-store-under-test.ts';

describeWith(POSTGRES, 'PostgresStore', (binaries) => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());

  storeContract(
    'PostgresStore',
    emptyPostgresStores(() => server),
  );
});
