/**
 * One of several processes that purge the same store at once: erases all that may be erased, with the
 * pauses that the service makes, and tells its parent what that took.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PurgePosition } from '../../src/application/ports/outbound/retention.ts';
import { type Store } from '../../src/application/ports/outbound/store.ts';
import { retentionAges } from '../../src/domain/retention.ts';
import { openBenchStore, type StorePlace } from './bench-store.ts';
import { TransactionWatch } from './transaction-watch.ts';

/** What the parent asks for. */
export interface PurgerOrder {
  readonly place: StorePlace;
  readonly owner: string;
}

/** What the purger answers; times in ms. */
export interface PurgerReport {
  readonly erased: number;
  /** The longest step, with its waits. */
  readonly stepWorst: number;
  /** The longest transaction on SQLite; 0 on PostgreSQL. */
  readonly transactionWorst: number;
  /** The longest one by this process's processor time. */
  readonly transactionProcessorWorst: number;
  readonly loopWorst: number;
}

const NO_AGE = { ...retentionAges(0), rowMs: 0 };
const PAUSE_MS = 20;
const RESOLUTION_MS = 2;

process.on('message', (order: PurgerOrder) => {
  void purge(order).then((report) => {
    process.send?.(report);
    process.disconnect();
  });
});

async function purge({ place, owner }: PurgerOrder): Promise<PurgerReport> {
  const store = await openBenchStore(place, { owner });
  const watch = TransactionWatch.start();
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const { erased, stepWorst } = await purgeAll(store);
  histogram.disable();
  await store.close();
  return {
    erased,
    stepWorst,
    transactionWorst: Math.max(0, ...watch.times.map(({ ms }) => ms)),
    transactionProcessorWorst: Math.max(0, ...watch.times.map((one) => one.processorMs)),
    loopWorst: Math.max(0, histogram.max / 1e6 - RESOLUTION_MS),
  };
}

async function purgeAll({ retention }: Store): Promise<{ erased: number; stepWorst: number }> {
  let erased = 0;
  let stepWorst = 0;
  let from: PurgePosition | undefined;
  do {
    const startedAt = performance.now();
    const step = await retention.purge(NO_AGE, from);
    stepWorst = Math.max(stepWorst, performance.now() - startedAt);
    erased += Object.values(step.erased).reduce((sum, count) => sum + count, 0);
    from = step.next;
    await sleep(PAUSE_MS);
  } while (from !== undefined);
  return { erased, stepWorst };
}
