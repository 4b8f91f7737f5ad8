import { storeContract } from '../../contracts/store-contract.ts';
import { openEmptySqliteStore } from '../../support/sqlite-store-under-test.ts';

storeContract('SqliteStore', openEmptySqliteStore);
