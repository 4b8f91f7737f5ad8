import { type AskedQuestion } from '../../../domain/knowledge/health/unanswered.ts';
import { type FoundPassages } from '../../../domain/knowledge/health/unused-documents.ts';

/** How far back is looked, and how many turns are at most. */
export interface TurnLogPage {
  readonly withinMs: number;
  readonly limit: number;
}

/** What customers asked and what it found, as long as that is kept. Reads only. */
export interface TurnLog {
  /** The words of turns whose record says `unanswered`, the newest first; none that were erased. */
  unanswered(page: TurnLogPage): Promise<readonly AskedQuestion[]>;

  /** The passages that turns were answered from, the newest first. */
  found(page: TurnLogPage): Promise<readonly FoundPassages[]>;
}
