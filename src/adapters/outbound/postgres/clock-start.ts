import { type PostgresDatabase } from './postgres-database.ts';
import { STORE_TIME, type PostgresSession } from './postgres-session.ts';

/**
 * A time so near to the last sign of life, ms, can be taken as it is: a process that lives has renewed
 * its leases of 12 s less than 3 s before.
 */
const NEAR_MS = 9_000;

/** How long a process that lives is given to beat, ms. */
const LIFE_SIGN_WITHIN_MS = 2_500;

const LOOK_EVERY_MS = 250;

interface Sight {
  readonly offset: number;
  readonly now: number;
  readonly lastSign: number | null;
  readonly mayLive: boolean;
}

/**
 * Leaves a time that a process may start from, which has nothing of its own to compare it with: it is
 * not behind the last sign of life. Where it is far ahead of that, processes that live are given the
 * time to show it, since they would correct a clock that has just jumped.
 */
export async function startClock(db: PostgresDatabase): Promise<void> {
  const giveUpAt = performance.now() + LIFE_SIGN_WITHIN_MS;
  for (;;) {
    const sight = await db.read(look);
    if (sight.lastSign === null || Math.abs(sight.now - sight.lastSign) <= NEAR_MS) return;
    if (!sight.mayLive || performance.now() >= giveUpAt) {
      await setOffset(db, sight, sight.lastSign);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function look(session: PostgresSession): Promise<Sight> {
  const row = await session.get(
    `SELECT offset_ms AS "offset", ${STORE_TIME} AS now,
            (SELECT max(greatest(beat_at, ended_at)) FROM worker) AS "lastSign",
            EXISTS (SELECT 1 FROM worker WHERE ended_at IS NULL) AS "mayLive"
     FROM store_clock`,
  );
  return row as unknown as Sight;
}

/** Once all have ended properly, the time may be the database's own again. */
async function setOffset(db: PostgresDatabase, sight: Sight, lastSign: number): Promise<void> {
  const { offset, now, mayLive } = sight;
  const least = mayLive ? offset : 0;
  const next = Math.max(least, offset + lastSign - now);
  await db.write((tx) =>
    tx.run('UPDATE store_clock SET offset_ms = $1 WHERE offset_ms = $2', next, offset),
  );
}
