import { join } from 'node:path';

import { stopPointsContract } from '../../contracts/stop-points-contract.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

stopPointsContract('SQLite', () => {
  const { folder, remove } = temporaryFolder();
  return { url: `file:${join(folder, 'agent.db')}`, remove };
});
