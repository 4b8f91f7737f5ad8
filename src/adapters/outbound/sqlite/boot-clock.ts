import { readFileSync } from 'node:fs';

import { type StoreClock } from '../../../application/ports/outbound/store-clock.ts';
import { type SqliteDatabase } from './sqlite-database.ts';

const BOOT_ID_FILE = '/proc/sys/kernel/random/boot_id';

/** Stands for the machine's run where the system does not tell one from the next. */
const ANY_BOOT = 'any';

/** What the clock is made from; one machine's processes all see the same. */
export interface TimeSource {
  readonly bootId: string;
  /** Ms of the machine's monotonic clock. */
  monotonicMs(): number;
  /** Ms since 1970. */
  wallMs(): number;
}

export const systemTime: TimeSource = {
  bootId: readBootId(),
  monotonicMs: () => Number(process.hrtime.bigint() / 1_000_000n),
  wallMs: () => Date.now(),
};

/**
 * Opens the clock that all processes on this machine share: the monotonic clock plus an offset that
 * the first process after a boot has chosen. Leases of an earlier boot are void afterwards, as
 * their holders are gone.
 */
export async function openBootClock(
  db: SqliteDatabase,
  time: TimeSource = systemTime,
): Promise<StoreClock> {
  const offset = await db.write(() => storedOffset(db, time) ?? chooseOffset(db, time));
  return { now: () => time.monotonicMs() + offset };
}

function storedOffset(db: SqliteDatabase, time: TimeSource): number | undefined {
  const row = db.get('SELECT offset_ms FROM store_clock WHERE boot_id = ?', time.bootId);
  if (row === undefined) return undefined;
  const offset = Number(row['offset_ms']);
  // Without a boot id a restarted machine shows only in that time would run backwards.
  return time.monotonicMs() + offset < lastStoredTime(db) ? undefined : offset;
}

function chooseOffset(db: SqliteDatabase, time: TimeSource): number {
  const now = Math.max(time.wallMs(), lastStoredTime(db));
  const offset = now - time.monotonicMs();
  db.run(
    `INSERT INTO store_clock (boot_id, offset_ms, created_at) VALUES (?, ?, ?)
     ON CONFLICT (boot_id) DO UPDATE SET offset_ms = excluded.offset_ms, created_at = excluded.created_at`,
    time.bootId,
    offset,
    now,
  );
  db.run(
    `UPDATE contact SET lease_owner = NULL, lease_until = NULL, fence = fence + 1
     WHERE lease_owner IS NOT NULL`,
  );
  return offset;
}

function lastStoredTime(db: SqliteDatabase): number {
  const row = db.get(
    `SELECT max(
       coalesce((SELECT max(created_at) FROM store_clock), 0),
       coalesce((SELECT received_at FROM inbox ORDER BY id DESC LIMIT 1), 0),
       coalesce((SELECT ended_at FROM turn ORDER BY id DESC LIMIT 1), 0),
       coalesce((SELECT created_at FROM outbox ORDER BY id DESC LIMIT 1), 0)
     ) AS last`,
  );
  return Number(row?.['last'] ?? 0);
}

function readBootId(): string {
  try {
    return readFileSync(BOOT_ID_FILE, 'utf8').trim();
  } catch {
    return ANY_BOOT;
  }
}
