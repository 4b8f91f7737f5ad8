import { afterAll, beforeAll } from '@jest/globals';

import { neighboursContract } from '../../contracts/neighbours-contract.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';
import { describeWith } from '../../support/describe-with.ts';
import {
  POSTGRES,
  PostgresServer,
  SERVER_START_MS,
  rowsOf,
} from '../../support/postgres-server.ts';
import { openTestStore } from '../../support/postgres-store-under-test.ts';

describeWith(POSTGRES, 'PostgresProcessRegistry', (binaries) => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());

  neighboursContract('PostgresStore', async () => {
    const url = await server.emptySchema();
    const clock = new ManualStoreClock();
    const first = await openTestStore({ url, clock });
    const second = await openTestStore({ url, clock, owner: 'worker-2' });
    return {
      first: first.registry,
      second: second.registry,
      clock,
      ingress: async () => {
        const [row] = await rowsOf(url, 'SELECT ingress_at, ingress_gap_at FROM instance');
        return { at: Number(row?.['ingress_at']), gapAt: Number(row?.['ingress_gap_at']) };
      },
      close: async () => {
        await Promise.all([first.close(), second.close()]);
      },
    };
  });
});
