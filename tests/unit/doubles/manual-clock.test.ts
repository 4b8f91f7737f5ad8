import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../doubles/manual-clock.ts';

describe('ManualClock', () => {
  it('moves both times when it is advanced', async () => {
    const clock = new ManualClock(1_000);

    await clock.advance(50);

    expect([clock.now(), clock.monotonic()]).toEqual([1_050, 50]);
  });

  it('moves the wall clock only when that jumps, and wakes nobody', async () => {
    const clock = new ManualClock(1_000);
    void clock.sleep(100);

    clock.jump(3_600_000);
    await clock.advance(99);

    expect([clock.now(), clock.monotonic(), clock.sleeping]).toEqual([3_601_099, 99, 1]);
  });

  it('wakes a sleeper after its time, also when the wall clock was set back', async () => {
    const clock = new ManualClock(1_000);
    void clock.sleep(100);

    clock.jump(-500);
    await clock.advance(100);

    expect([clock.now(), clock.sleeping]).toEqual([600, 0]);
  });
});
