import { type DeadLetterCounts } from './dead-letters.ts';
import { type OutboxFigures } from './outbox.ts';

/** What the store knows of all processes together, at one moment. */
export interface SharedFigures {
  /** Messages that wait for an answer. */
  readonly inboxDepth: number;
  /** How long the longest of them has waited, ms; absent: none waits. */
  readonly inboxOldestMs?: number;
  readonly outbox: OutboxFigures;
  readonly deadLetters: DeadLetterCounts;
  /** Absent until the gateway was heard of. */
  readonly connected?: boolean;
  readonly sendingPaused: boolean;
}

/** Figures in a form that a monitoring system reads. */
export interface MetricsPage {
  readonly contentType: string;
  readonly text: string;
}

/** Tells what was measured, of all processes together. */
export interface Exposition {
  /** Leaves what this process has measured where the others read it. */
  keep(): Promise<void>;

  /**
   * The sum of what all processes have measured, running or gone, and the figures that they share.
   * A count that was shown once is never shown lower afterwards, whichever process ends or answers.
   */
  show(shared: SharedFigures): Promise<MetricsPage>;
}
