import { afterAll, beforeAll } from '@jest/globals';

import { storeModelContract } from '../../contracts/store-model-contract.ts';
import { describeWith } from '../../support/describe-with.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../../support/postgres-server.ts';
import { emptyPostgresStores } from '../../support/postgres-store-under-test.ts';

describeWith(POSTGRES, 'PostgresStore under any sequence of steps', (binaries) => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());

  storeModelContract(
    'PostgresStore',
    emptyPostgresStores(() => server),
  );
});
