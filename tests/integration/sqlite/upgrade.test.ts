import path from 'node:path';

import { migrate } from '../../../src/adapters/outbound/sqlite/migrate.ts';
import { initialSchema } from '../../../src/adapters/outbound/sqlite/migrations/001-initial.ts';
import { SqliteDatabase } from '../../../src/adapters/outbound/sqlite/sqlite-database.ts';
import { NEXT_STEP, upgradeContract } from '../../contracts/upgrade-contract.ts';
import { openTestStore } from '../../support/sqlite-store-under-test.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NEXT_RELEASE = [
  { version: 1, sql: initialSchema },
  { version: 2, sql: NEXT_STEP },
];

upgradeContract('a SQLite database', () => {
  const { folder, remove } = temporaryFolder();
  const file = path.join(folder, 'agent.db');
  const database = {
    open: () => openTestStore({ file }),
    upgrade: async (processes: number): Promise<void> => {
      const opening = Array.from({ length: processes }, () => SqliteDatabase.open({ file }));
      const opened = await Promise.all(opening);
      await Promise.all(opened.map((db) => migrate(db, NEXT_RELEASE)));
      await Promise.all(opened.map((db) => db.close()));
    },
    look: async () => {
      const db = await SqliteDatabase.open({ file });
      const versions = db.all('SELECT version FROM migration ORDER BY version');
      const moods = db.all('SELECT mood FROM inbox ORDER BY id');
      await db.close();
      return {
        versions: versions.map(({ version }) => Number(version)),
        moods: moods.map(({ mood }) => mood),
      };
    },
    close: () => {
      remove();
      return Promise.resolve();
    },
  };
  return Promise.resolve(database);
});
