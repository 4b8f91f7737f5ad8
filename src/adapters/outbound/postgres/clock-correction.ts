import { type DatabaseClock } from './database-clock.ts';
import { type PostgresSession } from './postgres-session.ts';

/** Processes beat once a second: whoever has beaten so short a time ago, ms, agrees about the time. */
const AGREED_MS = 2_000;

/**
 * Makes the store's time go on as if the database's clock had not jumped; one process at a time.
 * Where another one agrees with the clock, it was this process's machine that stood still, and it is
 * the one to follow.
 *
 * @returns The jump that was made good, ms; 0 where there was none any more.
 */
export async function correctClock(tx: PostgresSession, clock: DatabaseClock): Promise<number> {
  await tx.run('SELECT 1 FROM store_clock FOR UPDATE');
  const hearing = await tx.hear();
  const jump = clock.jumpOf(hearing);
  if (jump === 0) return 0;
  const agreed = await tx.get(
    'SELECT 1 FROM worker WHERE ended_at IS NULL AND beat_at BETWEEN $1 AND $2 LIMIT 1',
    hearing.time - AGREED_MS,
    hearing.time + AGREED_MS,
  );
  if (agreed !== undefined) {
    clock.startFrom(hearing);
    return 0;
  }
  await tx.run('UPDATE store_clock SET offset_ms = offset_ms - $1', jump);
  return jump;
}
