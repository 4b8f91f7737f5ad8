import { storeModelContract } from '../../contracts/store-model-contract.ts';
import { openEmptySqliteStore } from '../../support/sqlite-store-under-test.ts';

storeModelContract('SqliteStore', openEmptySqliteStore);
