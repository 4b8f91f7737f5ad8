import {
  type MetricSnapshot,
  type MetricSnapshots,
  type SnapshotId,
} from '../../../application/ports/outbound/metric-snapshots.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession } from './postgres-session.ts';

/** The figures of the processes as rows. */
export class PostgresMetricSnapshots implements MetricSnapshots {
  readonly #context: PostgresContext;

  constructor(context: PostgresContext) {
    this.#context = context;
  }

  add(figures: string): Promise<SnapshotId> {
    return this.#context.db.write(async (tx) => insert(tx, figures, await tx.now()));
  }

  replace(id: SnapshotId, figures: string): Promise<boolean> {
    return this.#context.db.write(async (tx) => {
      const sql = 'UPDATE metric_snapshot SET figures = $1, written_at = $2 WHERE id = $3';
      return (await tx.run(sql, figures, await tx.now(), id)) === 1;
    });
  }

  all(): Promise<readonly MetricSnapshot[]> {
    return this.#context.db.read(async (session) => {
      const sql = 'SELECT id, figures, written_at AS "writtenAt" FROM metric_snapshot ORDER BY id';
      const rows = (await session.all(sql)) as unknown as Omit<MetricSnapshot, 'ageMs'>[];
      const now = await session.now();
      return rows.map((row) => ({ ...row, ageMs: now - row.writtenAt }));
    });
  }

  fold(gone: readonly MetricSnapshot[], sum: string): Promise<boolean> {
    return this.#context.db.write(async (tx) => {
      // Locked in one order, so that two who fold the same wait for each other instead of failing.
      const rows = await tx.all(
        `SELECT id, written_at FROM metric_snapshot WHERE id = ANY ($1::bigint[])
         ORDER BY id FOR UPDATE`,
        gone.map(({ id }) => id),
      );
      const found = new Map(rows.map((row) => [row['id'], row['written_at']]));
      if (!gone.every(({ id, writtenAt }) => found.get(id) === writtenAt)) return false;
      await tx.run(
        'DELETE FROM metric_snapshot WHERE id = ANY ($1::bigint[])',
        gone.map(({ id }) => id),
      );
      await insert(tx, sum, Math.min(...gone.map(({ writtenAt }) => writtenAt)));
      return true;
    });
  }
}

async function insert(
  tx: PostgresSession,
  figures: string,
  writtenAt: number,
): Promise<SnapshotId> {
  const sql = 'INSERT INTO metric_snapshot (figures, written_at) VALUES ($1, $2)';
  return (await tx.insert(sql, figures, writtenAt)) as SnapshotId;
}
