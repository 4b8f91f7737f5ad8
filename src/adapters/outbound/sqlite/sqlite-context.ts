import { type TakeoverPolicy } from '../../../domain/takeover.ts';
import { type BurstTiming } from '../../../domain/turn.ts';
import { type SqliteDatabase } from './sqlite-database.ts';
import { type StoreClock } from './store-clock.ts';

/** What holds for the whole store. */
export interface StoreSettings {
  /** The gateway's instance whose messages are kept. */
  readonly instance: string;
  /** Names this process in its leases; unlike any other that runs or ran. */
  readonly owner: string;
  /** How long the same words of one contact count as a repetition, ms (DEDUP_TTL). */
  readonly dedupTtlMs: number;
  readonly timing: BurstTiming;
  readonly ignoreFromMe: boolean;
  readonly takeover: TakeoverPolicy;
  /** How long a contact is leased without a renewal, ms. */
  readonly leaseMs: number;
}

/** What every part of the store works with. */
export interface SqliteContext {
  readonly db: SqliteDatabase;
  readonly clock: StoreClock;
  readonly settings: StoreSettings;
}
