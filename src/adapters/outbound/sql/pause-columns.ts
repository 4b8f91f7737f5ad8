import { type Pause, type PausedBy } from '../../../domain/takeover.ts';

/** A pause as a contact's row holds it; `paused_by` says whether there is one. */
export interface PauseColumns {
  readonly paused_by: PausedBy | null;
  readonly paused_until: number | null;
}

/** SQL that is true of the contacts whose pause holds at the instant in the parameter. */
export function isPausedAt(parameter: '?' | `?${number}` | `$${number}`): string {
  return `(contact.paused_by IS NOT NULL AND coalesce(contact.paused_until, 9000000000000000) > ${parameter})`;
}

/** The pause of a row, also one that is over. */
export function pauseOf({ paused_by: by, paused_until: until }: PauseColumns): Pause | undefined {
  if (by === null) return undefined;
  return until === null ? { by } : { by, until };
}
