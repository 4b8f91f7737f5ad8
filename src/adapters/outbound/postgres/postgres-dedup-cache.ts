import { type DedupCache } from '../../../application/ports/outbound/dedup-cache.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession } from './postgres-session.ts';

/** Forgotten keys are cleared away in passing, so many at most once in so many remembered ones. */
const SWEEP_EVERY = 64;
const SWEEP_LIMIT = 256;

/** The dedup cache as a table; `rememberIn` joins a transaction that is running. */
export class PostgresDedupCache implements DedupCache {
  readonly #context: PostgresContext;
  #remembered = 0;

  constructor(context: PostgresContext) {
    this.#context = context;
  }

  has(key: string): Promise<boolean> {
    return this.#context.db.read(async (session) => {
      const sql = 'SELECT 1 FROM dedup WHERE key = $1 AND expires_at > $2';
      return (await session.get(sql, key, await session.now())) !== undefined;
    });
  }

  remember(key: string, ttlMs: number): Promise<boolean> {
    return this.#context.db.write((tx) => this.rememberIn(tx, key, ttlMs));
  }

  async rememberIn(tx: PostgresSession, key: string, ttlMs: number): Promise<boolean> {
    const now = await tx.now();
    this.#remembered += 1;
    if (this.#remembered % SWEEP_EVERY === 0) await this.sweepIn(tx, now);
    const changes = await tx.run(
      `INSERT INTO dedup (key, expires_at) VALUES ($1, $2)
       ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at WHERE dedup.expires_at <= $3`,
      key,
      now + ttlMs,
      now,
    );
    return changes === 1;
  }

  /**
   * Clears some of the forgotten keys away; those that another transaction is remembering anew are
   * left to it.
   *
   * @returns How many, and whether more are likely.
   */
  async sweepIn(
    tx: PostgresSession,
    now: number,
  ): Promise<{ readonly changes: number; readonly isMore: boolean }> {
    const changes = await tx.run(
      `DELETE FROM dedup WHERE key IN
         (SELECT key FROM dedup WHERE expires_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      now,
      SWEEP_LIMIT,
    );
    return { changes, isMore: changes === SWEEP_LIMIT };
  }
}
