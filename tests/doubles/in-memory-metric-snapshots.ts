import {
  type MetricSnapshot,
  type MetricSnapshots,
  type SnapshotId,
} from '../../src/application/ports/outbound/metric-snapshots.ts';
import { type InMemoryState } from './in-memory-state.ts';

/** The figures of the processes, as long as the test lasts. */
export class InMemoryMetricSnapshots implements MetricSnapshots {
  readonly #state: Pick<InMemoryState, 'now'>;
  readonly #rows = new Map<SnapshotId, Omit<MetricSnapshot, 'id' | 'ageMs'>>();
  #lastId = 0;

  constructor(state: Pick<InMemoryState, 'now'>) {
    this.#state = state;
  }

  add(figures: string): Promise<SnapshotId> {
    return Promise.resolve(this.#insert(figures, this.#state.now));
  }

  replace(id: SnapshotId, figures: string): Promise<boolean> {
    const isThere = this.#rows.has(id);
    if (isThere) this.#rows.set(id, { figures, writtenAt: this.#state.now });
    return Promise.resolve(isThere);
  }

  all(): Promise<readonly MetricSnapshot[]> {
    const { now } = this.#state;
    const rows = [...this.#rows].map(([id, row]) => ({ id, ...row, ageMs: now - row.writtenAt }));
    return Promise.resolve(rows);
  }

  fold(gone: readonly MetricSnapshot[], sum: string): Promise<boolean> {
    const isUnchanged = gone.every(
      ({ id, writtenAt }) => this.#rows.get(id)?.writtenAt === writtenAt,
    );
    if (!isUnchanged) return Promise.resolve(false);
    for (const { id } of gone) this.#rows.delete(id);
    this.#insert(sum, Math.min(...gone.map(({ writtenAt }) => writtenAt)));
    return Promise.resolve(true);
  }

  #insert(figures: string, writtenAt: number): SnapshotId {
    this.#lastId += 1;
    const id = this.#lastId as SnapshotId;
    this.#rows.set(id, { figures, writtenAt });
    return id;
  }
}
