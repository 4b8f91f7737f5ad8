import { describe, expect, it } from '@jest/globals';
import {
  type PurgePosition,
  type PurgeStep,
  type Retention,
} from '../../../../src/application/ports/outbound/retention.ts';
import { PurgeStoreUseCase } from '../../../../src/application/use-cases/purge-store.ts';
import { retentionAges } from '../../../../src/domain/retention.ts';
import { ManualClock } from '../../../doubles/manual-clock.ts';
import { RecordingLogger } from '../../../doubles/recording-logger.ts';

const AGES = retentionAges(86_400_000);

/** A store that has so many steps of work. */
class ScriptedRetention implements Retention {
  readonly asked: (PurgePosition | undefined)[] = [];
  private readonly steps: PurgeStep[];

  constructor(...steps: PurgeStep[]) {
    this.steps = steps;
  }

  purge(_ages: unknown, from?: PurgePosition): Promise<PurgeStep> {
    this.asked.push(from);
    const step = this.steps.shift();
    return step === undefined ? Promise.reject(new Error('database away')) : Promise.resolve(step);
  }
}

function purging(retention: Retention): {
  purge: PurgeStoreUseCase;
  clock: ManualClock;
  logger: RecordingLogger;
} {
  const clock = new ManualClock();
  const logger = new RecordingLogger();
  return { purge: new PurgeStoreUseCase({ retention, clock, logger }, AGES), clock, logger };
}

const HISTORY = { rows: 'history', after: 200 } as const;
const KEYS = { rows: 'dedupKeys', after: 0 } as const;

describe('PurgeStore', () => {
  it('takes step after step with a pause between, and sums what was erased', async () => {
    const retention = new ScriptedRetention(
      { erased: { history: 200 }, next: HISTORY },
      { erased: { history: 3, texts: 0 }, next: KEYS },
      { erased: { dedupKeys: 1 } },
    );
    const { purge, clock, logger } = purging(retention);

    const running = purge.execute(new AbortController().signal);
    await clock.advance(1_000);

    expect(await running).toEqual({ history: 203, dedupKeys: 1 });
    expect(retention.asked).toEqual([undefined, HISTORY, KEYS]);
    expect(clock.sleeps).toEqual([20, 20]);
    expect(logger.entries).toEqual([
      { level: 'info', event: 'old data erased', fields: { history: 203, dedupKeys: 1 } },
    ]);
  });

  it('says nothing when nothing was old enough', async () => {
    const { purge, logger } = purging(new ScriptedRetention({ erased: { history: 0 } }));

    expect(await purge.execute(new AbortController().signal)).toEqual({});
    expect(logger.entries).toEqual([]);
  });

  it('ends between two steps when the process stops, and says what it has done', async () => {
    const retention = new ScriptedRetention({ erased: { history: 200 }, next: HISTORY });
    const { purge, clock, logger } = purging(retention);
    const stop = new AbortController();

    const running = purge.execute(stop.signal);
    await clock.sleepsBegun(1);
    stop.abort();

    expect(await running).toEqual({ history: 200 });
    expect(retention.asked).toHaveLength(1);
    expect(logger.entries).toHaveLength(1);
  });
});
