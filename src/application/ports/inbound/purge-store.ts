import { type ErasedCounts } from '../outbound/retention.ts';

/** Erases everything that has been kept for long enough. */
export interface PurgeStore {
  /**
   * Afterwards nothing is kept beyond its age, unless `stopping` ended the work before; what is left
   * is the next run's. Other work of the process goes on meanwhile.
   *
   * @returns What was erased.
   */
  execute(stopping: AbortSignal): Promise<ErasedCounts>;
}
