import { type Brand } from '../../../domain/brand.ts';

/** The store's own number for one snapshot; never used again for another. */
export type SnapshotId = Brand<number, 'SnapshotId'>;

/** The figures of one process, or the sum of several that are gone. */
export interface MetricSnapshot {
  readonly id: SnapshotId;
  /** As whoever measures has written them. */
  readonly figures: string;
  /** Store time, ms. */
  readonly writtenAt: number;
  /** How long ago that was, ms. */
  readonly ageMs: number;
}

/** Keeps the figures of all processes, running or gone, where each of them can read them. */
export interface MetricSnapshots {
  /** Keeps the figures of a process that has none here yet. */
  add(figures: string): Promise<SnapshotId>;

  /**
   * Puts newer figures in the place of the older ones.
   *
   * @returns `false` when these have been folded into a sum meanwhile: nothing is kept then.
   */
  replace(id: SnapshotId, figures: string): Promise<boolean>;

  /** All of them, the oldest first. */
  all(): Promise<readonly MetricSnapshot[]>;

  /**
   * Puts one sum in the place of several snapshots, at least one, in one transaction. It is as old as the oldest of them.
   *
   * @returns `false` when one of them is not there any more as it was read: nothing is changed then.
   */
  fold(gone: readonly MetricSnapshot[], sum: string): Promise<boolean>;
}
