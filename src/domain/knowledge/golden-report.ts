import { type OwnerNotice } from './owner-notice.ts';

/** How a state of the corpus stood up to its golden questions. */
export interface GoldenReport {
  readonly questions: number;
  /** How many of them were not answered as expected. */
  readonly failed: number;
  /** What was not as expected; a question may stand here several times. */
  readonly failures: readonly OwnerNotice[];
  /** What in the files of questions could not be understood. */
  readonly mistakes: readonly OwnerNotice[];
  /** Whether the change was kept from being served for it. */
  readonly refused: boolean;
}

/** Of a corpus of which nothing was asked. */
export const NO_QUESTIONS: GoldenReport = {
  questions: 0,
  failed: 0,
  failures: [],
  mistakes: [],
  refused: false,
};
