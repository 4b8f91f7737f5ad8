import {
  type Estate,
  type ProcessRegistry,
  type RegisteredProcess,
  type Seat,
  type Station,
} from '../../../application/ports/outbound/process-registry.ts';
import { type ProcessIdentity } from '../../../application/ports/outbound/process-table.ts';
import { INGRESS_GAP_MS, STANDSTILL_MS } from '../../../domain/echo-evidence.ts';
import { restAfterDeath } from '../../../domain/turn.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** Processes whose end nobody can see (another machine's) are forgotten after so long without a beat, ms. */
const FORGET_AFTER_MS = 86_400_000;

/** The processes as rows. */
export class SqliteProcessRegistry implements ProcessRegistry {
  readonly #context: SqliteContext;

  constructor(context: SqliteContext) {
    this.#context = context;
  }

  register(process: ProcessIdentity, seat: Seat): Promise<Station> {
    const { db, clock, settings } = this.#context;
    return db.write(() => {
      const slot = `${seat.host}:${seat.number ?? this.#freeNumber(seat.host)}`;
      const last = db.get('SELECT max(incarnation) AS last FROM worker WHERE slot = ?', slot);
      const incarnation = Number(last?.['last'] ?? 0) + 1;
      const now = clock.now();
      db.run(
        'DELETE FROM worker WHERE owner = ? OR beat_at < ? OR (slot = ? AND ended_at IS NOT NULL)',
        settings.owner,
        now - FORGET_AFTER_MS,
        slot,
      );
      db.run(
        `INSERT INTO worker (owner, slot, incarnation, place, pid, pid_started, beat_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
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
    const { db, clock, settings } = this.#context;
    return db.write(() => {
      const now = clock.now();
      // Before its own beat: whoever stood still itself was deaf, too.
      db.run(
        `UPDATE instance SET ingress_at = ?1,
           ingress_gap_at = CASE WHEN ?5 = 0 AND ingress_at >= ?2 AND NOT EXISTS (
               SELECT 1 FROM worker WHERE ended_at IS NULL AND beat_at < ?2 AND beat_at >= ?3
             ) THEN ingress_gap_at ELSE ?1 END
         WHERE id = ?4`,
        now,
        now - INGRESS_GAP_MS,
        now - STANDSTILL_MS,
        settings.instance,
        isDeaf ? 1 : 0,
      );
      db.run('UPDATE worker SET beat_at = ? WHERE owner = ?', now, settings.owner);
      return db.all(
        `SELECT worker.owner, worker.slot, worker.incarnation, worker.place, worker.pid,
                worker.pid_started AS pidStarted
         FROM worker JOIN worker AS own ON own.place = worker.place
         WHERE own.owner = ? AND worker.owner <> own.owner AND worker.ended_at IS NULL
         ORDER BY worker.slot, worker.incarnation`,
        settings.owner,
      ) as unknown as RegisteredProcess[];
    });
  }

  release(owner: string): Promise<Estate> {
    const { db, clock } = this.#context;
    return db.write(() => {
      const now = clock.now();
      const contacts = this.#freeContacts(owner);
      const { changes: replies } = db.run(
        `UPDATE outbox SET due_at = ?
         WHERE due_at > ? AND state = 'sending' AND owner = ?`,
        now,
        now,
        owner,
      );
      this.#end(owner);
      return { contacts, replies };
    });
  }

  retire(): Promise<void> {
    const { db, settings } = this.#context;
    return db.write(() => {
      this.#end(settings.owner);
    });
  }

  #end(owner: string): void {
    const { db, clock } = this.#context;
    db.run('UPDATE worker SET ended_at = ? WHERE owner = ?', clock.now(), owner);
  }

  #freeContacts(owner: string): number {
    const { db, clock } = this.#context;
    const held = db.all(
      'SELECT id, deaths FROM contact WHERE ready_at IS NOT NULL AND lease_owner = ?',
      owner,
    );
    for (const { id, deaths } of held) {
      const rest = restAfterDeath(Number(deaths) + 1);
      const notBefore = rest === 0 ? undefined : clock.now() + rest;
      db.run(
        `UPDATE contact SET lease_owner = NULL, lease_until = NULL, fence = fence + 1,
           attempts = attempts - 1, deaths = deaths + 1, not_before = ?, ready_at = max(ready_at, ?)
         WHERE id = ?`,
        notBefore,
        notBefore ?? 0,
        id,
      );
    }
    return held.length;
  }

  #freeNumber(host: string): number {
    const { db, clock, settings } = this.#context;
    const rows = db.all(
      'SELECT slot FROM worker WHERE ended_at IS NULL AND beat_at > ? AND owner <> ?',
      clock.now() - settings.leaseMs,
      settings.owner,
    );
    const taken = new Set(rows.map(({ slot }) => slot));
    let number = 0;
    while (taken.has(`${host}:${number}`)) number += 1;
    return number;
  }
}
