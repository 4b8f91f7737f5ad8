import {
  type MetricSnapshot,
  type MetricSnapshots,
  type SnapshotId,
} from '../../../application/ports/outbound/metric-snapshots.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** The figures of the processes as rows. */
export class SqliteMetricSnapshots implements MetricSnapshots {
  readonly #context: SqliteContext;

  constructor(context: SqliteContext) {
    this.#context = context;
  }

  add(figures: string): Promise<SnapshotId> {
    const { db, clock } = this.#context;
    return db.write(() => this.#insert(figures, clock.now()));
  }

  replace(id: SnapshotId, figures: string): Promise<boolean> {
    const { db, clock } = this.#context;
    return db.write(() => {
      const sql = 'UPDATE metric_snapshot SET figures = ?, written_at = ? WHERE id = ?';
      return db.run(sql, figures, clock.now(), id).changes === 1;
    });
  }

  all(): Promise<readonly MetricSnapshot[]> {
    const { db, clock } = this.#context;
    return db.read(() => {
      const sql = 'SELECT id, figures, written_at AS writtenAt FROM metric_snapshot ORDER BY id';
      const rows = db.all(sql) as unknown as Omit<MetricSnapshot, 'ageMs'>[];
      return rows.map((row) => ({ ...row, ageMs: clock.now() - row.writtenAt }));
    });
  }

  fold(gone: readonly MetricSnapshot[], sum: string): Promise<boolean> {
    const { db } = this.#context;
    return db.write(() => {
      if (!gone.every((snapshot) => this.#isUnchanged(snapshot))) return false;
      for (const { id } of gone) db.run('DELETE FROM metric_snapshot WHERE id = ?', id);
      this.#insert(sum, Math.min(...gone.map(({ writtenAt }) => writtenAt)));
      return true;
    });
  }

  #insert(figures: string, writtenAt: number): SnapshotId {
    const sql = 'INSERT INTO metric_snapshot (figures, written_at) VALUES (?, ?)';
    return this.#context.db.run(sql, figures, writtenAt).id as SnapshotId;
  }

  #isUnchanged({ id, writtenAt }: MetricSnapshot): boolean {
    const sql = 'SELECT 1 FROM metric_snapshot WHERE id = ? AND written_at = ?';
    return this.#context.db.get(sql, id, writtenAt) !== undefined;
  }
}
