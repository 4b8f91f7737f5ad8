import { type GoldenReport } from '../../../domain/knowledge/golden-report.ts';
import { type ReloadReport } from '../outbound/knowledge-store.ts';

/** What a reload came to, with what the files' golden questions said. */
export interface ReloadOutcome extends ReloadReport {
  readonly golden: GoldenReport;
}

/** Serves the owner's files as they are now. */
export interface ReloadKnowledge {
  /**
   * - `request`: a person asked: every file is read again here, and every other process is told to.
   * - `start`, `poll`: files that changed are read; all of them if another process was asked since.
   */
  execute(trigger: 'start' | 'poll' | 'request'): Promise<ReloadOutcome>;
}
