import { afterAll, beforeAll } from '@jest/globals';

import { killedProcessContract } from '../contracts/killed-process-contract.ts';
import { describeWith } from '../support/describe-with.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../support/postgres-server.ts';

killedProcessContract('SQLite', (folder) => `file:${folder}/agent.db`);

describeWith(POSTGRES, 'recovery', (binaries) => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());

  killedProcessContract('PostgreSQL', () => server.emptySchema());
});
