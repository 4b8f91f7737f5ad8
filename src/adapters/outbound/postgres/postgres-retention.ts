import {
  type ErasedCounts,
  type PurgePosition,
  type PurgeStep,
  type Retention,
} from '../../../application/ports/outbound/retention.ts';
import { type RetentionAges } from '../../../domain/retention.ts';
import { type Erasure, following, KEPT_TABLES, type KeptTable } from '../sql/kept-tables.ts';
import { type OldRow, STEP_ROWS, stepRows } from '../sql/old-rows.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresDedupCache } from './postgres-dedup-cache.ts';

/**
 * Walks through each table by its ids, which follow time, so that no message pays for an index on
 * its age. What has to stay is passed over, and what another transaction holds is the next run's.
 * The server itself writes over what was erased, after its own time (VACUUM, and its log).
 */
export class PostgresRetention implements Retention {
  readonly #context: PostgresContext;
  readonly #dedup: PostgresDedupCache;

  constructor(context: PostgresContext, dedup: PostgresDedupCache) {
    this.#context = context;
    this.#dedup = dedup;
  }

  purge(ages: RetentionAges, from?: PurgePosition): Promise<PurgeStep> {
    const { rows, after } = from ?? { rows: KEPT_TABLES[0].rows, after: 0 };
    const table = KEPT_TABLES.find((candidate) => candidate.rows === rows);
    return table === undefined ? this.#purgeKeys() : this.#purgeTable(table, ages, after);
  }

  #purgeTable(table: KeptTable, ages: RetentionAges, after: number): Promise<PurgeStep> {
    return this.#context.db.write(async (tx) => {
      const now = await tx.now();
      const seen = await tx.all(lookSql(table), after, STEP_ROWS);
      const rows = stepRows(seen as unknown as readonly OldRow[], now - table.age(ages));
      const next = { rows: following(table), after: 0 };
      if (rows === undefined) return { erased: {}, next };
      const counts: (readonly [keyof ErasedCounts, number])[] = [];
      for (const erasure of table.erasures) {
        const sql = eraseSql(table, erasure);
        const changes = await tx.run(sql, after, rows.lastId, now - erasure.age(ages));
        counts.push([erasure.counts, changes]);
      }
      const erased = Object.fromEntries(counts) as ErasedCounts;
      return { erased, next: rows.isEnd ? next : { rows: table.rows, after: rows.lastId } };
    });
  }

  async #purgeKeys(): Promise<PurgeStep> {
    const { changes, isMore } = await this.#context.db.write(async (tx) =>
      this.#dedup.sweepIn(tx, await tx.now()),
    );
    const next = { rows: 'dedupKeys', after: 0 } as const;
    return { erased: { dedupKeys: changes }, ...(isMore ? { next } : {}) };
  }
}

function lookSql({ name, madeAt, bytes }: KeptTable): string {
  return `SELECT id, ${madeAt} AS at, ${bytes} AS bytes FROM ${name} WHERE id > $1 ORDER BY id LIMIT $2`;
}

/** An array, so that the rows are found by their ids whatever the statistics say. */
function eraseSql({ name }: KeptTable, { change, since, where }: Erasure): string {
  return `${change} WHERE id = ANY (ARRAY(
    SELECT id FROM ${name} WHERE id > $1 AND id <= $2 AND ${since} <= $3 AND ${where}
    FOR UPDATE SKIP LOCKED))`;
}
