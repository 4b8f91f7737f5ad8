import { type GoldenReport } from '../../../domain/knowledge/golden-report.ts';
import { type HealthNotice } from '../../../domain/knowledge/health/health-notice.ts';

/** What the owner should look at in what is served. */
export interface KnowledgeHealth {
  /** Of what is served. */
  readonly version: string;
  readonly notices: readonly HealthNotice[];
  /** Of the last state of the files, served or not. */
  readonly golden: GoldenReport;
}

/** Looks for what is wrong with the texts. */
export interface InspectKnowledge {
  execute(): Promise<KnowledgeHealth>;
}
