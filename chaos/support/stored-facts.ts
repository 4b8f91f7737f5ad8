import { setTimeout as sleep } from 'node:timers/promises';
import { type Database } from './database.ts';

const LOOK_MS = 250;

/** What the service itself says of a run, once it is over. */
export interface StoredFacts {
  readonly integrity: string;
  readonly isDrained: boolean;
  /** Pairs of committed turns of one contact whose leases were held at the same time. */
  readonly overlappingTurns: number;
  readonly resends: number;
  /** Replies that were given up; each has flagged its contact for a person. */
  readonly givenUp: number;
  readonly settledByEcho: number;
}

/** Waits until no message and no reply is open. @returns Whether that came to be in time. */
export async function drained(database: Database, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    const open = await database
      .number(
        `SELECT (SELECT count(*) FROM inbox WHERE state = 'pending')
           + (SELECT count(*) FROM outbox WHERE due_at IS NOT NULL)`,
      )
      .catch(() => NaN);
    if (open === 0) return true;
    await sleep(LOOK_MS);
  }
  return false;
}

export async function storedFacts(database: Database, isDrained: boolean): Promise<StoredFacts> {
  return {
    isDrained,
    integrity: await database.integrity(),
    overlappingTurns: await database.number(
      `SELECT count(*) FROM turn AS one JOIN turn AS other
         ON other.contact_id = one.contact_id AND other.id > one.id
       WHERE one.outcome <> 'redone' AND other.outcome <> 'redone'
         AND other.started_at < one.ended_at`,
    ),
    resends: await database.number('SELECT coalesce(sum(resends), 0) FROM outbox'),
    givenUp: await database.number(`SELECT count(*) FROM outbox WHERE state = 'failed'`),
    settledByEcho: await database.number(
      `SELECT count(*) FROM outbox WHERE state = 'sent' AND how = 'echo'`,
    ),
  };
}
