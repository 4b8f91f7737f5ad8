import { type DedupCache } from '../../../application/ports/outbound/dedup-cache.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** Forgotten keys are cleared away in passing, so many at most once in so many remembered ones. */
const SWEEP_EVERY = 64;
const SWEEP_LIMIT = 256;

/** The dedup cache as a table; the `...Now` methods join a transaction that is running. */
export class SqliteDedupCache implements DedupCache {
  readonly #context: SqliteContext;
  #remembered = 0;

  constructor(context: SqliteContext) {
    this.#context = context;
  }

  has(key: string): Promise<boolean> {
    return this.#context.db.read(() => this.hasNow(key));
  }

  remember(key: string, ttlMs: number): Promise<boolean> {
    return this.#context.db.write(() => this.rememberNow(key, ttlMs));
  }

  hasNow(key: string): boolean {
    const { db, clock } = this.#context;
    return (
      db.get('SELECT 1 FROM dedup WHERE key = ? AND expires_at > ?', key, clock.now()) !== undefined
    );
  }

  rememberNow(key: string, ttlMs: number): boolean {
    const { db, clock } = this.#context;
    const now = clock.now();
    this.#remembered += 1;
    if (this.#remembered % SWEEP_EVERY === 0) this.sweepNow();
    const { changes } = db.run(
      `INSERT INTO dedup (key, expires_at) VALUES (?, ?)
       ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at WHERE expires_at <= ?`,
      key,
      now + ttlMs,
      now,
    );
    return changes === 1;
  }

  /** Clears some of the forgotten keys away. @returns How many, and whether more are likely. */
  sweepNow(): { readonly changes: number; readonly isMore: boolean } {
    const { db, clock } = this.#context;
    const { changes } = db.run(
      'DELETE FROM dedup WHERE key IN (SELECT key FROM dedup WHERE expires_at <= ? LIMIT ?)',
      clock.now(),
      SWEEP_LIMIT,
    );
    return { changes, isMore: changes === SWEEP_LIMIT };
  }
}
