import { afterAll, beforeAll } from '@jest/globals';

import { PostgresDatabase } from '../../../src/adapters/outbound/postgres/postgres-database.ts';
import { outboxIngressContract } from '../../contracts/outbox-ingress-contract.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';
import { describeWith } from '../../support/describe-with.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../../support/postgres-server.ts';
import { openTestStore } from '../../support/postgres-store-under-test.ts';

describeWith(POSTGRES, 'PostgresOutbox with gaps in the ingress', (binaries) => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());

  outboxIngressContract('PostgresStore', async () => {
    const url = await server.emptySchema();
    const clock = new ManualStoreClock();
    const store = await openTestStore({ url, clock });
    const db = new PostgresDatabase({ url });
    return {
      ...store,
      clock,
      setIngress: async ({ at, gapEndedAt }) => {
        await db.write((tx) =>
          tx.run('UPDATE instance SET ingress_at = $1, ingress_gap_at = $2', at, gapEndedAt),
        );
      },
      close: async () => {
        await db.close();
        await store.close();
      },
    };
  });
});
