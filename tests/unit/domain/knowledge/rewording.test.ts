import { describe, expect, it } from '@jest/globals';

import { wordsOfRewording } from '../../../../src/domain/knowledge/rewording.ts';

describe('wordsOfRewording', () => {
  it.each([
    ['Qual o preço do curso de Excel?', 'qual o preco do curso de excel'],
    ['"a" AND b* (c)', 'a and b c'],
    ['…', ''],
    ['', ''],
  ])('leaves of %j the words', (text, words) => {
    expect(wordsOfRewording(text)).toBe(words);
  });

  it('takes no more than 40 words and 400 characters', () => {
    expect(wordsOfRewording('curso '.repeat(1_000)).split(' ')).toHaveLength(40);
    expect(wordsOfRewording('x'.repeat(100_000))).toHaveLength(400);
  });
});
