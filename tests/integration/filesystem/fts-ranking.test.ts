import { beforeEach, describe, expect, it } from '@jest/globals';

import {
  FtsRanking,
  type IndexedPassage,
} from '../../../src/adapters/outbound/filesystem/fts-ranking.ts';

describe('FtsRanking', () => {
  let ranking: FtsRanking;

  beforeEach(() => {
    ranking = new FtsRanking();
    replace({
      'a.txt': [
        { id: 'a#1', terms: ['curs', 'excel', 'prec'] },
        { id: 'a#2', terms: ['curs', 'excel', 'dat'] },
      ],
      'b.txt': [{ id: 'b#1', terms: ['curs', 'nf450', '450'] }],
    });
  });

  function replace(documents: Readonly<Record<string, readonly IndexedPassage[]>>): void {
    const staged = Object.entries(documents).map(
      ([document, passages]) => [document, ranking.stage(passages)] as const,
    );
    ranking.show(new Map(staged));
  }

  it('ranks what shares the rarer terms first, with falling scores', () => {
    const ranked = [...ranking.rank(['excel', 'prec'], 10)];

    expect(ranked.map(([id]) => id)).toEqual(['a#1', 'a#2']);
    expect(ranked.map(([, score], index) => score > (ranked[index + 1]?.[1] ?? 0))).toEqual([
      true,
      true,
    ]);
  });

  it('gives no more than asked for', () => {
    expect(ranking.rank(['curs'], 2).size).toBe(2);
    expect(ranking.rank(['curs'], 0).size).toBe(0);
  });

  it('finds codes and words of other scripts whole', () => {
    replace({ 'c.txt': [{ id: 'c#1', terms: ['книга', '中文'] }] });

    expect([...ranking.rank(['nf450'], 10).keys()]).toEqual(['b#1']);
    expect([...ranking.rank(['книга'], 10).keys()]).toEqual(['c#1']);
  });

  it('forgets replaced passages and removed documents', () => {
    replace({ 'a.txt': [{ id: 'a#1', terms: ['pix'] }], 'b.txt': [] });

    expect(ranking.rank(['excel', 'nf450', 'curs'], 10).size).toBe(0);
    expect([...ranking.rank(['pix'], 10).keys()]).toEqual(['a#1']);
  });

  it('finds what is shown, however much is staged or waits to be swept', () => {
    const better = Array.from({ length: 50 }, (_, index) => ({ id: `s#${index}`, terms: ['dat'] }));
    ranking.stage(better);

    expect([...ranking.rank(['dat'], 1).keys()]).toEqual(['a#2']);

    replace({ 'c.txt': better });
    replace({ 'c.txt': [] });

    expect([...ranking.rank(['dat'], 1).keys()]).toEqual(['a#2']);
  });

  it('finds in a view what would be shown, and nothing of it otherwise', () => {
    const staged = new Map([
      ['a.txt', ranking.stage([{ id: 'a#1', terms: ['pix'] }])],
      ['b.txt', []],
    ]);
    const view = ranking.viewOf(staged);

    expect([...ranking.rank(['pix', 'excel', 'nf450'], 10, view).keys()]).toEqual(['a#1']);
    expect(ranking.rank(['pix'], 10).size).toBe(0);
    expect(ranking.rank(['excel', 'nf450'], 10).size).toBe(3);
  });

  it('finds in a view the best there is, however many others are in the way', () => {
    const others = Array.from({ length: 50 }, (_, index) => ({ id: `s#${index}`, terms: ['dat'] }));
    replace({ 'c.txt': others });
    const staged = new Map([
      ['c.txt', ranking.stage([{ id: 'c#1', terms: ['dat', 'dat', 'hor', 'dia'] }])],
    ]);
    ranking.stage(others);

    const found = [...ranking.rank(['dat'], 2, ranking.viewOf(staged)).keys()];

    expect(found.toSorted()).toEqual(['a#2', 'c#1']);
  });

  it('sweeps what is given up before it was ever shown', () => {
    const staged = new Map([['a.txt', ranking.stage([{ id: 'a#9', terms: ['excel'] }])]]);
    ranking.discard(staged);

    expect([ranking.sweep(1), ranking.sweep(1)]).toEqual([false, false]);
    expect(ranking.rank(['excel'], 10).size).toBe(2);
  });

  it('sweeps what is shown no more, piece by piece, and nothing else', () => {
    replace({ 'a.txt': [{ id: 'a#3', terms: ['excel'] }] });

    const leftOver = [ranking.sweep(1), ranking.sweep(1), ranking.sweep(1)];

    expect(leftOver).toEqual([true, false, false]);
    expect([...ranking.rank(['excel', 'nf450'], 10).keys()].toSorted()).toEqual(['a#3', 'b#1']);
  });

  it.each([
    ['"', 0],
    ['\0', 0],
    ['excel" OR "curs', 0],
    ['NEAR(', 0],
    ['terms:excel', 0],
    ['*', 0],
    ['exc*', 0],
    ['', 0],
    ['"excel"', 2],
  ])('takes %j for a word, not for syntax', (term, found) => {
    expect(ranking.rank([term], 10).size).toBe(found);
  });

  it('finds nothing without terms', () => {
    expect(ranking.rank([], 10).size).toBe(0);
  });
});
