import { type SettledBy } from '../../../domain/delivery.ts';

/** What is counted: how sends were settled, and copies that left although one had arrived. */
export type SendCount = SettledBy | 'duplicate';

/** As many rows a count, so that on PostgreSQL sends to different contacts need not wait for one another. */
export const SEND_COUNT_SHARDS = 16;

/** A gateway may give its response and its echo different ids: more ids than sends are no more copies. */
export function isCopy(ids = 0, resends = 0): boolean {
  return ids > 1 && ids <= resends + 1;
}
