import { storeModelContract } from '../../contracts/store-model-contract.ts';
import { openEmptySqliteStore } from '../../support/sqlite-store-under-test.ts';

storeModelContract('SqliteStore', openEmptySqliteStore);

/** Keys are filed after every third message: what is known by its id is looked for everywhere. */
storeModelContract('SqliteStore that files keys all the time', (overrides) =>
  openEmptySqliteStore({ ...overrides, mostUnfiled: 2 }),
);
