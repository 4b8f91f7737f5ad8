import { describe, expect, it } from '@jest/globals';
import { judge } from '../../../bench/facts/judge-replies.ts';
import { type Maker, type Sort } from '../../../bench/facts/case.ts';
import { ReplyMaker } from '../../../bench/facts/make-replies.ts';
import { PhrasedReplies } from '../../../bench/facts/phrased-replies.ts';
import { exampleShop } from '../../../bench/facts/shop-corpus.ts';
import { COUNTER } from '../../../bench/facts/counter/phrasebook.ts';
import { PHONE } from '../../../bench/facts/phone/phrasebook.ts';
import { TILL } from '../../../bench/facts/till/phrasebook.ts';
import { STREET } from '../../../bench/facts/street/phrasebook.ts';

const SAMPLE = 60;

const SETS: readonly (readonly [string, (seed: number) => Maker])[] = [
  ['first', (seed) => new ReplyMaker([exampleShop('data')], seed)],
  ['street', (seed) => new PhrasedReplies(STREET, [exampleShop('data')], seed)],
  ['counter', (seed) => new PhrasedReplies(COUNTER, [exampleShop('data')], seed)],
  ['till', (seed) => new PhrasedReplies(TILL, [exampleShop('data')], seed)],
  ['phone', (seed) => new PhrasedReplies(PHONE, [exampleShop('data')], seed)],
];

function stoppedOf(makerOf: (seed: number) => Maker, sort: Sort): number {
  const maker = makerOf(20);
  const judged = Array.from({ length: SAMPLE }, () => judge(maker.make(sort)));
  return judged.filter(({ isStopped }) => isStopped).length;
}

describe.each(SETS)('FactLock, over generated replies, set %s', (_, makerOf) => {
  // The bars over thousands are 99 and 97 in a hundred.
  it.each<Sort>(['altered', 'swapped', 'baited'])('stops %s replies, all but one', (sort) => {
    expect(stoppedOf(makerOf, sort)).toBeGreaterThanOrEqual(SAMPLE - 1);
  });

  // The bar over thousands is one in a hundred.
  it.each<Sort>(['copied', 'reformatted', 'summed', 'remembered'])(
    'lets %s replies pass, but for one',
    (sort) => {
      expect(stoppedOf(makerOf, sort)).toBeLessThanOrEqual(1);
    },
  );

  it('makes the same replies from the same seed', () => {
    const [one, other] = [1, 1].map((seed) => makerOf(seed).make('altered'));

    expect(one).toEqual(other);
  });
});
