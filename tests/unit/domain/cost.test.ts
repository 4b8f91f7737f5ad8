import { describe, expect, it } from '@jest/globals';
import { costOf, listPrice } from '../../../src/domain/cost.ts';

describe('costOf', () => {
  it('takes cached tokens at their own price', () => {
    const use = { tokensIn: 1_000_000, tokensCached: 400_000, tokensOut: 100_000 };
    const price = { tokensIn: 2.5, tokensCached: 1.25, tokensOut: 10 };

    expect(costOf(use, price)).toBeCloseTo(1.5 + 0.5 + 1, 10);
  });

  it('never counts less than nothing when a server reports more cached tokens than there were', () => {
    const use = { tokensIn: 0, tokensCached: 1_000_000, tokensOut: 0 };

    expect(costOf(use, { tokensIn: 2, tokensCached: 1, tokensOut: 0 })).toBe(1);
  });
});

describe('listPrice', () => {
  it('knows the models of v2.1, and no other', () => {
    expect(listPrice('gpt-4o-mini')).toEqual({
      tokensIn: 0.15,
      tokensCached: 0.075,
      tokensOut: 0.6,
    });
    expect(listPrice('llama3')).toBeUndefined();
  });
});
