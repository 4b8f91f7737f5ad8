import path from 'node:path';

import { SqliteDatabase } from '../../../src/adapters/outbound/sqlite/sqlite-database.ts';
import { outboxIngressContract } from '../../contracts/outbox-ingress-contract.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';
import { openTestStore } from '../../support/sqlite-store-under-test.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

outboxIngressContract('SqliteStore', async () => {
  const { folder, remove } = temporaryFolder();
  const file = path.join(folder, 'agent.db');
  const clock = new ManualStoreClock();
  const store = await openTestStore({ file, clock });
  const db = await SqliteDatabase.open({ file });
  return {
    ...store,
    clock,
    setIngress: async ({ at, gapEndedAt }) => {
      await db.write(() =>
        db.run('UPDATE instance SET ingress_at = ?, ingress_gap_at = ?', at, gapEndedAt),
      );
    },
    close: async () => {
      await db.close();
      await store.close();
      remove();
    },
  };
});
