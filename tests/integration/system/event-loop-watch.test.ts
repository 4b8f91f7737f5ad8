import { describe, expect, it } from '@jest/globals';

import { EventLoopWatch } from '../../../src/adapters/outbound/system/event-loop-watch.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { RecordingMeter } from '../../doubles/recording-meter.ts';

describe('EventLoopWatch', () => {
  it('measures no delay where a timer fires in time', async () => {
    const clock = new ManualClock();
    const meter = new RecordingMeter();

    const sample = new EventLoopWatch(clock, meter).sample();
    await clock.advance(50);
    await sample;

    expect(meter.measured).toEqual([['eventLoopDelayed', 0]]);
  });

  it('measures how much later it was woken', async () => {
    const clock = new ManualClock();
    const meter = new RecordingMeter();
    const lateClock = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      sleep: (ms: number) => clock.advance(ms + 30),
    };

    await new EventLoopWatch(lateClock, meter).sample();

    expect(meter.measured).toEqual([['eventLoopDelayed', 30]]);
  });
});
