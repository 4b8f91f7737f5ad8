import path from 'node:path';

import { twoProcessesContract } from '../../contracts/two-processes-contract.ts';
import { openTestStore } from '../../support/sqlite-store-under-test.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

twoProcessesContract('SqliteStore', () => {
  const { folder, remove } = temporaryFolder();
  const file = path.join(folder, 'agent.db');
  return { place: { file }, open: () => openTestStore({ file }), remove };
});
