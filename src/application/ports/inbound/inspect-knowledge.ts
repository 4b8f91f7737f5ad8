import { type GoldenReport } from '../../../domain/knowledge/golden-report.ts';
import { type HealthNotice } from '../../../domain/knowledge/health/health-notice.ts';
import { type QuestionGroup } from '../../../domain/knowledge/health/unanswered.ts';

/** What the owner should look at in what is served. */
export interface KnowledgeHealth {
  /** Of what is served. */
  readonly version: string;
  readonly notices: readonly HealthNotice[];
  /** Of the last state of the files, served or not. */
  readonly golden: GoldenReport;
  /** What customers asked in the last days that the texts did not answer. */
  readonly unanswered: {
    readonly days: number;
    /** How many turns; of more than 1,000 the newest count. */
    readonly count: number;
    /** The most frequent, without what tells who asked. */
    readonly questions: readonly QuestionGroup[];
  };
}

/** Looks for what is wrong with the texts. */
export interface InspectKnowledge {
  execute(): Promise<KnowledgeHealth>;
}
