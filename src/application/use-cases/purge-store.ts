import { type RetentionAges } from '../../domain/retention.ts';
import { type PurgeStore } from '../ports/inbound/purge-store.ts';
import { type Clock } from '../ports/outbound/clock.ts';
import { type Logger } from '../ports/outbound/logger.ts';
import {
  type ErasedCounts,
  type PurgePosition,
  type PurgeStep,
  type Retention,
} from '../ports/outbound/retention.ts';

/** How long other work has the database to itself between two steps, ms. */
const PAUSE_MS = 20;

export interface PurgeStorePorts {
  readonly retention: Retention;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class PurgeStoreUseCase implements PurgeStore {
  constructor(
    private readonly ports: PurgeStorePorts,
    private readonly ages: RetentionAges,
  ) {}

  async execute(stopping: AbortSignal): Promise<ErasedCounts> {
    const { retention, clock, logger } = this.ports;
    let erased: ErasedCounts = {};
    let from: PurgePosition | undefined;
    do {
      if (from !== undefined) await clock.sleep(PAUSE_MS, stopping);
      if (stopping.aborted) break;
      const step: PurgeStep = await retention.purge(this.ages, from);
      erased = sum(erased, step.erased);
      from = step.next;
    } while (from !== undefined);
    if (Object.keys(erased).length > 0) logger.info('old data erased', erased);
    return erased;
  }
}

/** Only what is more than nothing. */
function sum(one: ErasedCounts, other: ErasedCounts): ErasedCounts {
  const total: Partial<Record<keyof ErasedCounts, number>> = { ...one };
  for (const [kind, count] of Object.entries(other) as [keyof ErasedCounts, number][]) {
    if (count > 0) total[kind] = (total[kind] ?? 0) + count;
  }
  return total;
}
