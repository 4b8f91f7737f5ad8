import { describe, expect, it } from '@jest/globals';

import { DatabaseClock } from '../../../../../src/adapters/outbound/postgres/database-clock.ts';
import { ClockJumpedError } from '../../../../../src/adapters/outbound/postgres/postgres-error.ts';

const NOON = 1_800_000_000_000;
const HOUR_MS = 3_600_000;

/** The database's time in an answer that took 10 ms and came so long after noon by this process's clock. */
const hearing = (time: number, after: number, tookMs = 10) => ({
  time,
  asked: after - tookMs,
  heard: after,
});

function clockAtNoon(): DatabaseClock {
  const clock = new DatabaseClock();
  clock.believe(hearing(NOON, 0));
  return clock;
}

describe('DatabaseClock', () => {
  it('believes what it hears first', () => {
    expect(new DatabaseClock().jumpOf(hearing(NOON + HOUR_MS, 0))).toBe(0);
  });

  it.each([
    ['goes as this process does', 5_000, 5_000],
    ['was set on by less than a second', 900, 0],
    ['was set back by less than a second', 0, 900],
    ['runs a little faster over an hour', HOUR_MS + 3_000, HOUR_MS],
    ['runs a little slower over an hour', HOUR_MS - 3_000, HOUR_MS],
  ])('believes a clock that %s', (_what, later, after) => {
    const clock = clockAtNoon();

    expect(() => {
      clock.believe(hearing(NOON + later, after));
    }).not.toThrow();
  });

  it.each([
    ['an hour ahead', HOUR_MS + 5_000, 5_000, HOUR_MS],
    ['an hour behind', 5_000 - HOUR_MS, 5_000, -HOUR_MS],
    ['two seconds ahead', 3_000, 1_000, 2_000],
    ['ten seconds behind after an hour', HOUR_MS - 10_000, HOUR_MS, -10_000],
  ])('tells by how much a clock jumped: %s', (_what, later, after, jump) => {
    const clock = clockAtNoon();
    const heard = hearing(NOON + later, after);

    expect(() => {
      clock.believe(heard);
    }).toThrow(ClockJumpedError);
    expect(clock.jumpOf(heard)).toBe(jump);
  });

  it('takes no long way of an answer for a jump', () => {
    const clock = clockAtNoon();

    expect(clock.jumpOf(hearing(NOON + 100, 60_000, 60_000))).toBe(0);
    expect(clock.jumpOf(hearing(NOON + 60_000, 60_000, 60_000))).toBe(0);
  });

  it('goes on from an answer that came soon, not from one that says little', () => {
    const clock = clockAtNoon();
    clock.believe(hearing(NOON + 100, 60_000, 60_000));

    expect(clock.jumpOf(hearing(NOON + 30_000, 60_010))).toBe(-30_010);
  });

  it('judges answers in whatever order they come', () => {
    const clock = clockAtNoon();
    clock.believe(hearing(NOON + 5_000, 5_000));

    expect(clock.jumpOf(hearing(NOON + 4_000, 4_000))).toBe(0);
    expect(clock.jumpOf(hearing(NOON + 4_000 + HOUR_MS, 4_000))).toBe(HOUR_MS);
  });

  it('goes by another time when it is told to', () => {
    const clock = clockAtNoon();
    clock.startFrom(hearing(NOON + HOUR_MS, 0));

    expect(clock.jumpOf(hearing(NOON + HOUR_MS + 1_000, 1_000))).toBe(0);
  });
});
