import { describe, expect, it } from '@jest/globals';
import { burstReadyAt, hasWords, messageAsText, turnAsText } from '../../../src/domain/turn.ts';

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
