import { setTimeout as sleep } from 'node:timers/promises';
import { type Database } from './database.ts';

const LOOK_MS = 250;

/** What the service itself says of a run, once it is over. */
export interface StoredFacts {
  readonly integrity: string;
  /** Pairs of committed turns of one contact whose leases were held at the same time. */
  readonly overlappingTurns: number;
  readonly resends: number;
  /** Of that reply which was sent again most often. */
  readonly mostResends: number;
  /** Replies that were given up; each has flagged its contact for a person. */
  readonly givenUp: number;
  readonly settledByEcho: number;
  /** Replies of which nobody can say whether they arrived. */
  readonly held: number;
}

/** How many messages and replies are open; NaN where the database does not tell. */
export function openWork(database: Database): Promise<number> {
  return database
    .number(
      `SELECT (SELECT count(*) FROM inbox WHERE state = 'pending')
         + (SELECT count(*) FROM outbox WHERE due_at IS NOT NULL)`,
    )
    .catch(() => NaN);
}

/** Resolves once no message and no reply is open. */
export async function drained(database: Database, over: AbortSignal): Promise<void> {
  while ((await openWork(database)) !== 0) await sleep(LOOK_MS, undefined, { signal: over });
}

export async function storedFacts(database: Database): Promise<StoredFacts> {
  return {
    integrity: await database.integrity(),
    overlappingTurns: await database.number(
      `SELECT count(*) FROM turn AS one JOIN turn AS other
         ON other.contact_id = one.contact_id AND other.id > one.id
       WHERE one.outcome <> 'redone' AND other.outcome <> 'redone'
         AND other.started_at < one.ended_at`,
    ),
    resends: await database.number('SELECT coalesce(sum(resends), 0) FROM outbox'),
    mostResends: await database.number('SELECT coalesce(max(resends), 0) FROM outbox'),
    held: await database.number(`SELECT count(*) FROM outbox WHERE state = 'held'`),
    givenUp: await database.number(`SELECT count(*) FROM outbox WHERE state = 'failed'`),
    settledByEcho: await database.number(
      `SELECT count(*) FROM outbox WHERE state = 'sent' AND how = 'echo'`,
    ),
  };
}
