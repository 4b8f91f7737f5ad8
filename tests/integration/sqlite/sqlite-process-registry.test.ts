import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { neighboursContract } from '../../contracts/neighbours-contract.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';
import { openTestStore } from '../../support/sqlite-store-under-test.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

neighboursContract('SqliteStore', async () => {
  const { folder, remove } = temporaryFolder();
  const file = path.join(folder, 'agent.db');
  const clock = new ManualStoreClock();
  const first = await openTestStore({ file, clock });
  const second = await openTestStore({ file, clock, owner: 'worker-2' });
  const db = new DatabaseSync(file, { readOnly: true });
  return {
    first: first.registry,
    second: second.registry,
    clock,
    ingress: () => {
      const row = db.prepare('SELECT ingress_at, ingress_gap_at FROM instance').get();
      return Promise.resolve({
        at: Number(row?.['ingress_at']),
        gapAt: Number(row?.['ingress_gap_at']),
      });
    },
    close: async () => {
      db.close();
      await Promise.all([first.close(), second.close()]);
      remove();
    },
  };
});
