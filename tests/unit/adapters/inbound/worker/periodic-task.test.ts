import { describe, expect, it } from '@jest/globals';
import { PeriodicTask } from '../../../../../src/adapters/inbound/worker/periodic-task.ts';
import { StoreUnavailableError } from '../../../../../src/application/ports/outbound/store-unavailable-error.ts';
import { ManualClock } from '../../../../doubles/manual-clock.ts';
import { RecordingLogger } from '../../../../doubles/recording-logger.ts';

function periodic(run: () => Promise<unknown>): {
  task: PeriodicTask;
  clock: ManualClock;
  logger: RecordingLogger;
} {
  const clock = new ManualClock();
  const logger = new RecordingLogger();
  const task = new PeriodicTask({ name: 'knowledge poll', everyMs: 3_000, run }, clock, logger);
  return { task, clock, logger };
}

describe('PeriodicTask', () => {
  it('runs once a period, the first time after one', async () => {
    let runs = 0;
    const { task, clock } = periodic(() => Promise.resolve((runs += 1)));
    task.start();
    await clock.advance(2_999);
    const early = runs;

    await clock.advance(6_001);

    expect(early).toBe(0);
    expect(runs).toBe(3);
    await task.stop();
  });

  it('runs at start too where it is asked to', async () => {
    let runs = 0;
    const run = (): Promise<unknown> => Promise.resolve((runs += 1));
    const task = new PeriodicTask(
      { name: 'gateway check', everyMs: 60_000, atOnce: true, run },
      new ManualClock(),
      new RecordingLogger(),
    );
    task.start();
    await task.stop();

    expect(runs).toBe(1);
  });

  it('tells a run that is going on to end when it is stopped', async () => {
    const task = new PeriodicTask(
      {
        name: 'purge',
        everyMs: 60_000,
        atOnce: true,
        run: (stopping) =>
          new Promise((resolve) => {
            stopping.addEventListener('abort', resolve);
          }),
      },
      new ManualClock(),
      new RecordingLogger(),
    );
    task.start();

    await expect(task.stop()).resolves.toBeUndefined();
  });

  it('goes on after a run that fails, and says so', async () => {
    let runs = 0;
    const { task, clock, logger } = periodic(() => {
      runs += 1;
      return Promise.reject(new Error('folder away'));
    });
    task.start();

    await clock.advance(6_000);

    expect(runs).toBe(2);
    expect(logger.events('error')).toEqual(['periodic task failed, tried again later']);
    await task.stop();
  });

  it('logs a failure that lasts once, another kind of it anew, and its end', async () => {
    const down = new StoreUnavailableError('no answer');
    const bug = new TypeError('not a function');
    const results = [down, down, bug, bug, undefined, undefined, down];
    const { task, clock, logger } = periodic(() => {
      const error = results.shift();
      return error === undefined ? Promise.resolve() : Promise.reject(error);
    });
    task.start();

    await clock.advance(21_000);

    const name = { task: 'knowledge poll' };
    const failed = { level: 'error', event: 'periodic task failed, tried again later' };
    expect(logger.entries).toMatchObject([
      { ...failed, fields: { ...name, error: down } },
      { ...failed, fields: { ...name, error: bug } },
      { level: 'info', event: 'periodic task works again', fields: name },
      { ...failed, fields: { ...name, error: down } },
    ]);
    await task.stop();
  });

  it('never runs again once it is stopped', async () => {
    let runs = 0;
    const { task, clock } = periodic(() => Promise.resolve((runs += 1)));
    task.start();
    await task.stop();

    await clock.advance(60_000);

    expect(runs).toBe(0);
  });
});
