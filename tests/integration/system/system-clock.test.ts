import { describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../../src/adapters/outbound/system/system-clock.ts';

const A_YEAR_MS = 31_536_000_000;

describe('SystemClock', () => {
  it('tells the time in ms since 1970', () => {
    const now = new SystemClock().now();

    expect(Math.abs(now - Date.now())).toBeLessThan(1_000);
  });

  it('goes on by the time that a sleep took, whatever the wall clock shows', async () => {
    const clock = new SystemClock();
    const before = clock.monotonic();

    await clock.sleep(5);

    // A timer of Node may fire up to 1 ms early.
    expect(clock.monotonic() - before).toBeGreaterThanOrEqual(4);
  });

  it('wakes after the time given', async () => {
    const woken = new SystemClock().sleep(1);

    await expect(woken).resolves.toBeUndefined();
  });

  it('wakes when the signal is aborted, however long it was to sleep', async () => {
    const controller = new AbortController();
    const sleep = new SystemClock().sleep(A_YEAR_MS, controller.signal);

    controller.abort();

    await expect(sleep).resolves.toBeUndefined();
  });

  it('does not sleep when the signal was aborted', async () => {
    const woken = new SystemClock().sleep(A_YEAR_MS, AbortSignal.abort());

    await expect(woken).resolves.toBeUndefined();
  });
});
