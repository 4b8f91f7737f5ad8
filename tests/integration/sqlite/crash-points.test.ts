import { join } from 'node:path';

import { crashPointsContract } from '../../contracts/crash-points-contract.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

crashPointsContract('SQLite', () => {
  const { folder, remove } = temporaryFolder();
  const tables = 'SELECT count(*) FROM sqlite_master';
  return { url: `file:${join(folder, 'agent.db')}`, tables, remove };
});
