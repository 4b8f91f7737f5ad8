import { type StoreSettings } from '../../../application/ports/outbound/store.ts';
import { type WorkTopic } from '../../../application/ports/outbound/work-signal.ts';
import { type PostgresDatabase } from './postgres-database.ts';

/** What every part of the store works with. */
export interface PostgresContext {
  readonly db: PostgresDatabase;
  readonly settings: StoreSettings;
  /** Since when this process could have heard an echo, store time in ms. */
  readonly since: number;
  /** Tells other processes' workers, after the commit; it may get lost. */
  readonly tell: (topic: WorkTopic) => void;
}
