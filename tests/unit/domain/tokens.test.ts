import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { estimateTokens, newestPart, utf8Length } from '../../../src/domain/tokens.ts';

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

describe('newestPart', () => {
  it('keeps a text that fits as it is', () => {
    expect(newestPart('abc', 1)).toBe('abc');
  });

  it('keeps the end of one that does not, within the limit, and says so', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 40, maxLength: 400 }), (text) => {
        const part = newestPart(text.toWellFormed(), 10);

        expect(part.startsWith('[…] ') || part === text.toWellFormed()).toBe(true);
        expect(estimateTokens(part.replace(/^\[…\] /u, ''))).toBeLessThanOrEqual(11);
      }),
    );
  });
});
