import {
  type ErasedCounts,
  type PurgePosition,
  type PurgeStep,
  type Retention,
} from '../../../application/ports/outbound/retention.ts';
import { type RetentionAges } from '../../../domain/retention.ts';
import { type Erasure, following, KEPT_TABLES, type KeptTable } from '../sql/kept-tables.ts';
import { type OldRow, STEP_ROWS, stepRows } from '../sql/old-rows.ts';
import { type SqliteContext } from './sqlite-context.ts';
import { type SqliteDedupCache } from './sqlite-dedup-cache.ts';

/**
 * Walks through each table by its ids, which follow time, so that no message pays for an index on
 * its age. What has to stay is passed over.
 */
export class SqliteRetention implements Retention {
  readonly #context: SqliteContext;
  readonly #dedup: SqliteDedupCache;
  /** Whether erased text may still stand in the log. */
  #isLogStale = false;

  constructor(context: SqliteContext, dedup: SqliteDedupCache) {
    this.#context = context;
    this.#dedup = dedup;
  }

  async purge(ages: RetentionAges, from?: PurgePosition): Promise<PurgeStep> {
    const { rows, after } = from ?? { rows: KEPT_TABLES[0].rows, after: 0 };
    const table = KEPT_TABLES.find((candidate) => candidate.rows === rows);
    const step =
      table === undefined ? await this.#purgeKeys() : await this.#purgeTable(table, ages, after);
    this.#isLogStale ||= Object.values(step.erased).some((count) => count > 0);
    if (step.next === undefined && this.#isLogStale) {
      this.#isLogStale = !(await this.#context.db.emptyLog());
    }
    return step;
  }

  async #purgeTable(table: KeptTable, ages: RetentionAges, after: number): Promise<PurgeStep> {
    const { db, clock } = this.#context;
    const now = clock.now();
    const seen = await db.read(() => db.all(lookSql(table), after, STEP_ROWS));
    const rows = stepRows(seen as unknown as readonly OldRow[], now - table.age(ages));
    const next = { rows: following(table), after: 0 };
    if (rows === undefined) return { erased: {}, next };
    const erased = await db.write(() => {
      const counts = table.erasures.map((erasure) => [
        erasure.counts,
        db.run(eraseSql(erasure), after, rows.lastId, now - erasure.age(ages)).changes,
      ]);
      return Object.fromEntries(counts) as ErasedCounts;
    });
    return { erased, next: rows.isEnd ? next : { rows: table.rows, after: rows.lastId } };
  }

  async #purgeKeys(): Promise<PurgeStep> {
    const { changes, isMore } = await this.#context.db.write(() => this.#dedup.sweepNow());
    const next = { rows: 'dedupKeys', after: 0 } as const;
    return { erased: { dedupKeys: changes }, ...(isMore ? { next } : {}) };
  }
}

function lookSql({ name, madeAt, bytes }: KeptTable): string {
  return `SELECT id, ${madeAt} AS at, ${bytes} AS bytes FROM ${name} WHERE id > ? ORDER BY id LIMIT ?`;
}

function eraseSql({ change, since, where }: Erasure): string {
  return `${change} WHERE id > ? AND id <= ? AND ${since} <= ? AND ${where}`;
}
