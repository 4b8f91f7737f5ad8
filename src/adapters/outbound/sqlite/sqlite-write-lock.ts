import { type RegisteredProcess } from '../../../application/ports/outbound/process-registry.ts';
import { type LockHolder, type WriteLock } from '../../../application/ports/outbound/write-lock.ts';
import { writeLockHolder } from './lock-holder.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** Writers wait for one another all the time; below this, ms, nobody needs to know for whom. */
const WORTH_A_LOOK_MS = 1_000;

interface NeighbourRow extends RegisteredProcess {
  readonly beatAt: number;
}

/** SQLite's one write lock. Who holds it is read from the kernel: while it is held nothing can be written down. */
export class SqliteWriteLock implements WriteLock {
  readonly #context: SqliteContext;
  readonly #file: string;

  constructor(context: SqliteContext, file: string) {
    this.#context = context;
    this.#file = file;
  }

  async holder(): Promise<LockHolder | undefined> {
    if (this.#context.db.refusedForMs < WORTH_A_LOOK_MS) return undefined;
    const pid = writeLockHolder(this.#file);
    if (pid === undefined) return { kind: 'unseen' };
    const row = await this.#context.db.read(() => this.#registered(pid));
    if (row === undefined) return { kind: 'stranger', pid };
    const { beatAt, ...process } = row;
    return { kind: 'neighbour', process, silentMs: this.#context.clock.now() - beatAt };
  }

  /** A pid may have been had by an earlier process that nobody saw end. */
  #registered(pid: number): NeighbourRow | undefined {
    const { db, settings } = this.#context;
    return db.get(
      `SELECT worker.owner, worker.slot, worker.incarnation, worker.place, worker.pid,
              worker.pid_started AS pidStarted, worker.beat_at AS beatAt
       FROM worker JOIN worker AS own ON own.place = worker.place
       WHERE own.owner = ? AND worker.owner <> own.owner AND worker.pid = ?
         AND worker.ended_at IS NULL
       ORDER BY worker.beat_at DESC LIMIT 1`,
      settings.owner,
      pid,
    ) as NeighbourRow | undefined;
  }
}
