import { describe, expect, it } from '@jest/globals';
import { judge } from '../../../bench/facts/judge-replies.ts';
import { type Sort } from '../../../bench/facts/case.ts';
import { ReplyMaker } from '../../../bench/facts/make-replies.ts';
import { exampleShop } from '../../../bench/facts/shop-corpus.ts';

const SAMPLE = 60;

function stoppedOf(sort: Sort): number {
  const maker = new ReplyMaker([exampleShop('data')], 20);
  const judged = Array.from({ length: SAMPLE }, () => judge(maker.make(sort)));
  return judged.filter(({ isStopped }) => isStopped).length;
}

describe('FactLock, over generated replies about the example shop', () => {
  it.each<Sort>(['altered', 'swapped', 'baited'])('stops every %s reply', (sort) => {
    expect(stoppedOf(sort)).toBe(SAMPLE);
  });

  // The bar over thousands is one in a hundred.
  it.each<Sort>(['copied', 'reformatted', 'summed'])(
    'lets %s replies pass, but for one',
    (sort) => {
      expect(stoppedOf(sort)).toBeLessThanOrEqual(1);
    },
  );

  it('makes the same replies from the same seed', () => {
    const [one, other] = [1, 1].map((seed) =>
      new ReplyMaker([exampleShop('data')], seed).make('altered'),
    );

    expect(one).toEqual(other);
  });
});
