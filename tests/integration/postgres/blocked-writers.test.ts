import { afterAll, beforeAll } from '@jest/globals';
import { Client } from 'pg';

import { blockedWritersContract } from '../../contracts/blocked-writers-contract.ts';
import { describeWith } from '../../support/describe-with.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../../support/postgres-server.ts';
import { openTestStore } from '../../support/postgres-store-under-test.ts';

describeWith(POSTGRES, 'PostgresStore in a busy database', (binaries) => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());

  blockedWritersContract('a PostgreSQL store', async () => {
    const url = await server.emptySchema();
    const store = await openTestStore({ url });
    const other = new Client({ connectionString: url });
    await other.connect();
    return {
      store,
      block: async () => {
        await other.query('BEGIN; LOCK TABLE inbox, instance IN EXCLUSIVE MODE');
        return async () => {
          await other.query('ROLLBACK');
        };
      },
      close: async () => {
        await other.end();
        await store.close();
      },
    };
  });
});
