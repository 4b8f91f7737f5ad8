import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { blockedWritersContract } from '../../contracts/blocked-writers-contract.ts';
import { openTestStore } from '../../support/sqlite-store-under-test.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

blockedWritersContract('a SQLite store', async () => {
  const { folder, remove } = temporaryFolder();
  const file = path.join(folder, 'agent.db');
  const store = await openTestStore({ file });
  const other = new DatabaseSync(file);
  return {
    store,
    block: () => {
      other.exec('BEGIN IMMEDIATE');
      return Promise.resolve(() => {
        other.exec('ROLLBACK');
        return Promise.resolve();
      });
    },
    close: async () => {
      other.close();
      await store.close();
      remove();
    },
  };
});
