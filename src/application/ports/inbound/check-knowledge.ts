import { type HealthNotice } from '../../../domain/knowledge/health/health-notice.ts';
import { type GoldenReport } from '../../../domain/knowledge/golden-report.ts';
import { type ReloadReport } from '../outbound/knowledge-store.ts';

/** What the files are worth, as they are now. */
export interface KnowledgeCheck extends ReloadReport {
  readonly golden: GoldenReport;
  /** What is wrong with the texts themselves. */
  readonly notices: readonly HealthNotice[];
}

/** Reads all knowledge files and holds them against what the owner expects of them. */
export interface CheckKnowledge {
  execute(): Promise<KnowledgeCheck>;
}
