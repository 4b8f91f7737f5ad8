import { type StoreClock } from '../../../application/ports/outbound/store-clock.ts';
import { type StoreSettings } from '../../../application/ports/outbound/store.ts';
import { type SqliteDatabase } from './sqlite-database.ts';

/** What every part of the store works with. */
export interface SqliteContext {
  readonly db: SqliteDatabase;
  readonly clock: StoreClock;
  readonly settings: StoreSettings;
}
