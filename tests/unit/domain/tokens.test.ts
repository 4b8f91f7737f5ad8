import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { estimateTokens, utf8Length } from '../../../src/domain/tokens.ts';

describe('estimateTokens', () => {
  it('counts a token for every three bytes, rounded up', () => {
    expect(estimateTokens('')).toBe(0);
    expect(estimateTokens('abcd')).toBe(2);
    expect(estimateTokens('ação')).toBe(2);
  });
});

describe('utf8Length', () => {
  it('agrees with the platform for every well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Length(text.toWellFormed())).toBe(Buffer.byteLength(text.toWellFormed()));
      }),
    );
  });
});
