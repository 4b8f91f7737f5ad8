import { describe, expect, it } from '@jest/globals';
import {
  burstReadyAt,
  hasWords,
  messageAsText,
  reasonToGiveUp,
  restAfterDeath,
  turnAsText,
} from '../../../src/domain/turn.ts';

const TIMING = { quietMs: 2_000, maxWaitMs: 15_000 };

describe('burstReadyAt', () => {
  it('waits for silence after the last message', () => {
    expect(burstReadyAt(10_000, 14_000, TIMING)).toBe(16_000);
  });

  it('never waits longer than the longest wait after the first', () => {
    expect(burstReadyAt(10_000, 24_500, TIMING)).toBe(25_000);
  });
});

describe('messageAsText', () => {
  it.each([
    ['text', 'oi', 'oi'],
    ['audio', '', '[áudio]'],
    ['image', 'é este?', '[imagem] é este?'],
    ['location', '', '[localização]'],
    ['document', '', '[documento]'],
  ] as const)('writes a %s with %j as %j', (kind, text, written) => {
    expect(messageAsText({ kind, text })).toBe(written);
  });
});

describe('turnAsText', () => {
  it('puts a burst on lines of its own, in order', () => {
    const text = turnAsText([
      { kind: 'text', text: 'oi' },
      { kind: 'audio', text: '' },
      { kind: 'text', text: 'qual o preço?' },
    ]);

    expect(text).toBe('oi\n[áudio]\nqual o preço?');
  });
});

describe('hasWords', () => {
  it('is false for voice and pictures alone', () => {
    expect(hasWords([{ text: '' }, { text: ' \n' }])).toBe(false);
  });

  it('is true as soon as one message has a caption', () => {
    expect(hasWords([{ text: '' }, { text: 'é este?' }])).toBe(true);
  });
});

describe('reasonToGiveUp', () => {
  it('gives a turn up that was begun more than ten times and never ended', () => {
    expect(reasonToGiveUp({ attempts: 10, deaths: 0 })).toBeUndefined();
    expect(reasonToGiveUp({ attempts: 11, deaths: 0 })).toBe('begun 11 times and never ended');
  });

  it('gives a turn up that fifteen processes were found dead with', () => {
    expect(reasonToGiveUp({ attempts: 1, deaths: 14 })).toBeUndefined();
    expect(reasonToGiveUp({ attempts: 1, deaths: 15 })).toBe('begun by 15 processes that died');
  });
});

describe('restAfterDeath', () => {
  it.each([
    [1, 0],
    [3, 0],
    [4, 1_000],
    [5, 2_000],
    [9, 32_000],
    [10, 60_000],
    [1_000, 60_000],
  ])('is after %d deaths %d ms', (deaths, ms) => {
    expect(restAfterDeath(deaths)).toBe(ms);
  });

  it('leaves a storm of kills seven minutes to pass before the turn is given up', () => {
    let deaths = 0;
    let restedMs = 0;
    while (reasonToGiveUp({ attempts: 1, deaths }) === undefined) {
      deaths += 1;
      restedMs += restAfterDeath(deaths);
    }

    expect(restedMs).toBe(423_000);
  });
});
