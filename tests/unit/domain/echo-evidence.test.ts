import { describe, expect, it } from '@jest/globals';
import {
  type ConfirmedSend,
  echoCoverage,
  echoWindowMs,
  heardSince,
  isReliable,
} from '../../../src/domain/echo-evidence.ts';

function times<T>(count: number, item: T): T[] {
  return Array.from({ length: count }, () => item);
}

describe('echoWindowMs', () => {
  it.each<[string, number[], number]>([
    ['nothing is known', [], 15_000],
    ['a few echoes came fast', times(19, 200), 15_000],
    ['enough echoes came fast', times(20, 200), 10_000],
    ['all took a while', times(50, 4_500), 13_500],
    ['one of fifty was late', [...times(49, 200), 8_000], 24_000],
    ['the first one was late', [9_000], 27_000],
    ['one of a hundred was late', [...times(99, 200), 8_000], 10_000],
    ['one took minutes', [...times(49, 200), 300_000], 60_000],
  ])('tells how long to wait when %s', (_case, delays, expected) => {
    expect(echoWindowMs(delays)).toBe(expected);
  });
});

describe('echoCoverage', () => {
  const echoed: ConfirmedSend = { isEchoed: true, echoMs: 300 };
  const silent: ConfirmedSend = { isEchoed: false };

  it('is unknown of fewer than twenty sends', () => {
    expect(echoCoverage(times(19, echoed), 15_000)).toBeUndefined();
  });

  it('is the share of the sends that were echoed', () => {
    expect(echoCoverage([...times(45, echoed), ...times(5, silent)], 15_000)).toBe(0.9);
  });

  it('counts no echo that came after the window', () => {
    const late: ConfirmedSend = { isEchoed: true, echoMs: 15_001 };

    expect(echoCoverage([...times(24, echoed), late], 15_000)).toBe(0.96);
  });

  it('counts an echo whose delay was our own', () => {
    expect(echoCoverage(times(20, { isEchoed: true }), 15_000)).toBe(1);
  });
});

describe('isReliable', () => {
  it.each([
    [undefined, false],
    [0.94, false],
    [0.95, true],
    [1, true],
  ])('judges a coverage of %s', (coverage, expected) => {
    expect(isReliable(coverage)).toBe(expected);
  });
});

describe('heardSince', () => {
  it.each<[string, Parameters<typeof heardSince>[0], number | undefined]>([
    ['the start of this process where nobody beats', {}, 40_000],
    ['ever where there was no gap', { at: 97_000 }, 0],
    ['the end of the last gap', { at: 97_000, gapEndedAt: 60_000 }, 60_000],
    ['never while the last beat is too long ago', { at: 96_999, gapEndedAt: 60_000 }, undefined],
  ])('is %s', (_case, beats, expected) => {
    expect(heardSince(beats, 100_000, 40_000)).toBe(expected);
  });
});
