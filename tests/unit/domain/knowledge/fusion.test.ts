import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { fuseByRank } from '../../../../src/domain/knowledge/fusion.ts';

const all = (): boolean => true;
const none = (): boolean => false;

describe('fuseByRank', () => {
  it('puts what both lists have before what one has', () => {
    const scores = fuseByRank(['a', 'b', 'c'], { nearest: ['d', 'c', 'e'], isKnown: all });

    expect([...scores.keys()]).toEqual(['c', 'a', 'd', 'b', 'e']);
    expect(scores.get('a')).toBeCloseTo(0.5);
  });

  it('gives 1 to what is first in both', () => {
    expect(fuseByRank(['a'], { nearest: ['a'], isKnown: all }).get('a')).toBeCloseTo(1);
  });

  it('brings in what only the meaning finds', () => {
    const scores = fuseByRank([], { nearest: ['x', 'y'], isKnown: all });

    expect([...scores.keys()]).toEqual(['x', 'y']);
  });

  it('leaves the lexical order alone where nothing was compared by meaning', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), (ids) => {
        const scores = fuseByRank(ids, { nearest: [], isKnown: none });
        expect([...scores.keys()]).toEqual(ids);
      }),
    );
  });

  it('does not hold it against a passage that it was not compared', () => {
    const isKnown = (id: string): boolean => id !== 'new';

    const scores = fuseByRank(['new', 'a', 'b'], { nearest: ['a', 'b'], isKnown });

    expect([...scores.keys()][0]).toBe('new');
  });
});
