import { type OwnerNotice } from '../owner-notice.ts';
import { hasOwnLines } from '../passage-line.ts';

/** What may be wrong with the texts. */
export const HEALTH_KINDS = [
  'price_conflict',
  'past_date',
  'placeholder',
  'broken_text',
  'duplicate_file',
  'skipped_file',
  'unused_file',
] as const;

type HealthKind = (typeof HEALTH_KINDS)[number];

/** Something in the texts that the owner should see, and what to do about it. */
export interface HealthNotice extends OwnerNotice {
  readonly kind: HealthKind;
}

/** What is wrong in one line. */
export type LineFault = Pick<HealthNotice, 'kind' | 'message'>;

/** A place in a document, with the line where its writer can find it by that. */
export function placeIn(path: string, index: number): Pick<OwnerNotice, 'file' | 'line'> {
  return hasOwnLines(path) ? { file: path, line: index + 1 } : { file: path };
}
