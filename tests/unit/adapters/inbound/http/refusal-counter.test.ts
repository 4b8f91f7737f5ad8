import { describe, expect, it } from '@jest/globals';

import { RefusalCounter } from '../../../../../src/adapters/inbound/http/refusal-counter.ts';
import { ManualClock } from '../../../../doubles/manual-clock.ts';

function countTimes(counter: RefusalCounter, address: string, times: number): void {
  for (let time = 0; time < times; time += 1) counter.count(address);
}

describe('RefusalCounter', () => {
  it('lets 19 wrong tokens pass', () => {
    const counter = new RefusalCounter(new ManualClock());

    countTimes(counter, '192.0.2.7', 19);

    expect(counter.blockedForMs('192.0.2.7')).toBe(0);
  });

  it('blocks the address for the rest of the minute after 20', async () => {
    const clock = new ManualClock();
    const counter = new RefusalCounter(clock);

    countTimes(counter, '192.0.2.7', 19);
    await clock.advance(50_000);
    countTimes(counter, '192.0.2.7', 1);

    expect(counter.blockedForMs('192.0.2.7')).toBe(10_000);
    expect(counter.blockedForMs('192.0.2.8')).toBe(0);
  });

  it('starts again when the minute is over', async () => {
    const clock = new ManualClock();
    const counter = new RefusalCounter(clock);

    countTimes(counter, '192.0.2.7', 20);
    await clock.advance(60_000);
    counter.count('192.0.2.7');

    expect(counter.blockedForMs('192.0.2.7')).toBe(0);
  });

  it('forgets the first address when it has seen a thousand others', () => {
    const counter = new RefusalCounter(new ManualClock());
    countTimes(counter, '192.0.2.7', 20);
    countTimes(counter, '192.0.2.8', 20);

    for (let other = 0; other < 999; other += 1) {
      counter.count(`2001:db8:0:${other.toString(16)}::1`);
    }

    expect(counter.blockedForMs('192.0.2.7')).toBe(0);
    expect(counter.blockedForMs('192.0.2.8')).toBe(60_000);
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:eeee:dddd:cccc', 60_000],
    ['2001:db8::1', '2001:db8:0:0:1::', 60_000],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', 0],
    ['::ffff:192.0.2.7', '192.0.2.7', 60_000],
    ['::ffff:192.0.2.7', '::ffff:192.0.2.8', 0],
    ['fe80::1%eth0', 'fe80::2%eth0', 60_000],
  ])('after %s waits %s for %i ms, for nobody holds less than a /64', (one, other, wait) => {
    const counter = new RefusalCounter(new ManualClock());

    countTimes(counter, one, 20);

    expect(counter.blockedForMs(other)).toBe(wait);
  });
});
