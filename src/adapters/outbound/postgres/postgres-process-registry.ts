import {
  type Estate,
  type ProcessRegistry,
  type RegisteredProcess,
  type Seat,
  type Station,
} from '../../../application/ports/outbound/process-registry.ts';
import { type ProcessIdentity } from '../../../application/ports/outbound/process-table.ts';
import { INGRESS_GAP_MS, STANDSTILL_MS } from '../../../domain/echo-evidence.ts';
import { type ContactId } from '../../../domain/contact.ts';
import { restAfterDeath } from '../../../domain/turn.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession } from './postgres-session.ts';

/** Processes whose end nobody can see (another machine's) are forgotten after so long without a beat, ms. */
const FORGET_AFTER_MS = 86_400_000;

/** What a process has at hand: turns that it answers, and sends that it has begun. */
const HELD_BY = `
  SELECT id FROM contact WHERE ready_at IS NOT NULL AND lease_owner = $1
  UNION
  SELECT contact_id FROM outbox WHERE due_at > $2 AND state = 'sending' AND owner = $1`;

interface LockedRow {
  readonly id: ContactId;
  readonly deaths: number;
  readonly lease_owner: string | null;
}

/** The processes as rows. */
export class PostgresProcessRegistry implements ProcessRegistry {
  readonly #context: PostgresContext;

  constructor(context: PostgresContext) {
    this.#context = context;
  }

  register(process: ProcessIdentity, seat: Seat): Promise<Station> {
    const { db, settings } = this.#context;
    return db.write(async (tx) => {
      const slot = `${seat.host}:${seat.number ?? (await this.#freeNumber(tx, seat.host))}`;
      const last = await tx.get(
        'SELECT max(incarnation) AS last FROM worker WHERE slot = $1',
        slot,
      );
      const incarnation = Number(last?.['last'] ?? 0) + 1;
      const now = await tx.now();
      await tx.run(
        'DELETE FROM worker WHERE owner = $1 OR beat_at < $2 OR (slot = $3 AND ended_at IS NOT NULL)',
        settings.owner,
        now - FORGET_AFTER_MS,
        slot,
      );
      await tx.run(
        `INSERT INTO worker (owner, slot, incarnation, place, pid, pid_started, beat_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        settings.owner,
        slot,
        incarnation,
        process.place,
        process.pid,
        process.pidStarted,
        now,
      );
      return { slot, incarnation };
    });
  }

  beat(isDeaf = false): Promise<readonly RegisteredProcess[]> {
    const { db, settings } = this.#context;
    return db.write(async (tx) => {
      const now = await tx.now();
      // Before its own beat: whoever stood still itself was deaf, too.
      await tx.run(
        `UPDATE instance SET ingress_at = $1,
           ingress_gap_at = CASE WHEN NOT $5 AND ingress_at >= $2 AND NOT EXISTS (
               SELECT 1 FROM worker WHERE ended_at IS NULL AND beat_at < $2 AND beat_at >= $3
             ) THEN ingress_gap_at ELSE $1 END
         WHERE id = $4`,
        now,
        now - INGRESS_GAP_MS,
        now - STANDSTILL_MS,
        settings.instance,
        isDeaf,
      );
      await tx.run('UPDATE worker SET beat_at = $1 WHERE owner = $2', now, settings.owner);
      const rows = await tx.all(
        `SELECT worker.owner, worker.slot, worker.incarnation, worker.place, worker.pid,
                worker.pid_started AS "pidStarted"
         FROM worker JOIN worker AS own ON own.place = worker.place
         WHERE own.owner = $1 AND worker.owner <> own.owner AND worker.ended_at IS NULL
         ORDER BY worker.slot, worker.incarnation`,
        settings.owner,
      );
      return rows as unknown as RegisteredProcess[];
    });
  }

  async release(owner: string): Promise<Estate> {
    const { db, tell } = this.#context;
    const estate = await db.write(async (tx) => {
      const now = await tx.now();
      const locked = await tx.all(
        `SELECT id, deaths, lease_owner FROM contact WHERE id IN (${HELD_BY})
         FOR NO KEY UPDATE SKIP LOCKED`,
        owner,
        now,
      );
      const freed = await free(tx, owner, locked as unknown as LockedRow[]);
      const rest = await tx.get(`${HELD_BY} LIMIT 1`, owner, now);
      if (rest === undefined) await end(tx, owner);
      return freed;
    });
    tell('turns');
    tell('deliveries');
    return estate;
  }

  retire(): Promise<void> {
    const { db, settings } = this.#context;
    return db.write((tx) => end(tx, settings.owner));
  }

  async #freeNumber(tx: PostgresSession, host: string): Promise<number> {
    const { leaseMs, owner } = this.#context.settings;
    const rows = await tx.all(
      'SELECT slot FROM worker WHERE ended_at IS NULL AND beat_at > $1 AND owner <> $2',
      (await tx.now()) - leaseMs,
      owner,
    );
    const taken = new Set(rows.map(({ slot }) => slot));
    let number = 0;
    while (taken.has(`${host}:${number}`)) number += 1;
    return number;
  }
}

/** Frees what the process has of the contacts, which are locked. */
async function free(
  tx: PostgresSession,
  owner: string,
  locked: readonly LockedRow[],
): Promise<Estate> {
  const now = await tx.now();
  const held = locked.filter((contact) => contact.lease_owner === owner);
  const contacts = await tx.run(
    `UPDATE contact SET lease_owner = NULL, lease_until = NULL, fence = fence + 1,
       attempts = attempts - 1, deaths = deaths + 1, not_before = freed.not_before,
       ready_at = greatest(ready_at, freed.not_before)
     FROM unnest($1::bigint[], $2::bigint[]) AS freed (id, not_before)
     WHERE contact.id = freed.id`,
    held.map(({ id }) => id),
    held.map(({ deaths }) => notBefore(now, restAfterDeath(deaths + 1))),
  );
  const replies = await tx.run(
    `UPDATE outbox SET due_at = $1
     WHERE contact_id = ANY ($2::bigint[]) AND due_at > $1 AND state = 'sending' AND owner = $3`,
    now,
    locked.map(({ id }) => id),
    owner,
  );
  return { contacts, replies };
}

function notBefore(now: number, restMs: number): number | null {
  return restMs === 0 ? null : now + restMs;
}

async function end(tx: PostgresSession, owner: string): Promise<void> {
  await tx.run('UPDATE worker SET ended_at = $1 WHERE owner = $2', await tx.now(), owner);
}
