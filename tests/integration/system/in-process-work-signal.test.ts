import { beforeEach, describe, expect, it } from '@jest/globals';
import { InProcessWorkSignal } from '../../../src/adapters/outbound/system/in-process-work-signal.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';

describe('InProcessWorkSignal', () => {
  let clock: ManualClock;
  let signal: InProcessWorkSignal;

  beforeEach(() => {
    clock = new ManualClock();
    signal = new InProcessWorkSignal(clock);
  });

  it('wakes everybody who waits on the topic', async () => {
    const waits = [signal.wait('turns', 1_000), signal.wait('turns', 1_000)];

    signal.raise('turns');

    await expect(Promise.all(waits)).resolves.toHaveLength(2);
    expect(clock.sleeping).toBe(0);
  });

  it('wakes nobody who waits on another topic', async () => {
    let woken = false;
    const wait = signal.wait('deliveries', 1_000).then(() => {
      woken = true;
    });

    signal.raise('turns');
    await clock.advance(999);
    const early = woken;
    await clock.advance(1);
    await wait;

    expect(early).toBe(false);
    expect(woken).toBe(true);
  });

  it('remembers a raise that nobody waited for, for one wait', async () => {
    signal.raise('turns');
    signal.raise('turns');

    await signal.wait('turns', 1_000);
    const second = signal.wait('turns', 1_000);

    expect(clock.sleeping).toBe(1);
    await clock.advance(1_000);
    await second;
  });

  it('remembers a raise that follows another before its sleeper has got up', async () => {
    const first = signal.wait('turns', 1_000);

    signal.raise('turns');
    signal.raise('turns');
    await first;
    await signal.wait('turns', 1_000);

    expect(clock.sleeping).toBe(0);
  });

  it('keeps no raise that somebody was woken by', async () => {
    const first = signal.wait('turns', 1_000);
    signal.raise('turns');
    await first;

    const second = signal.wait('turns', 1_000);

    expect(clock.sleeping).toBe(1);
    await clock.advance(1_000);
    await second;
  });

  it('ends a wait when the signal is aborted, or was', async () => {
    const controller = new AbortController();
    const wait = signal.wait('turns', 1_000, controller.signal);

    controller.abort();
    await wait;
    await signal.wait('turns', 1_000, controller.signal);

    expect(clock.sleeping).toBe(0);
  });
});
