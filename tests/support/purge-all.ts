import {
  type ErasedCounts,
  type PurgePosition,
  type Retention,
} from '../../src/application/ports/outbound/retention.ts';
import { type RetentionAges, retentionAges } from '../../src/domain/retention.ts';

const QUARTER = retentionAges(90 * 86_400_000);

/** Purges till nothing is left to be looked at. @returns What was erased, without what was not. */
export async function purgeAll(
  { retention }: { readonly retention: Retention },
  ages: RetentionAges = QUARTER,
): Promise<ErasedCounts> {
  const sums: Record<string, number> = {};
  let from: PurgePosition | undefined;
  do {
    const { erased, next } = await retention.purge(ages, from);
    for (const [kind, count] of Object.entries(erased)) {
      if (count > 0) sums[kind] = (sums[kind] ?? 0) + count;
    }
    from = next;
  } while (from !== undefined);
  return sums;
}
