import { describe, expect, it } from '@jest/globals';

import { measurePrompts } from '../../../bench/measure-prompts.ts';
import { sharedPrefix } from '../../../bench/support/shared-prefix.ts';

describe('sharedPrefix', () => {
  it.each([
    ['the same', 'é um', 'é um', { bytes: 5, share: 1 }],
    ['an end of its own', 'é um', 'é dois', { bytes: 3, share: 3 / 7 }],
    ['nothing in common', 'a', 'b', { bytes: 0, share: 0 }],
    ['more than before', 'a', 'ab', { bytes: 1, share: 0.5 }],
  ])('measures %s', (_, earlier, later, expected) => {
    expect(sharedPrefix(earlier, later)).toEqual(expected);
  });
});

describe('prompts over the example knowledge', () => {
  it('begin alike as far as the whole corpus goes, whoever asks', async () => {
    const { whole, otherContact, sameContact } = await measurePrompts('data');

    expect(whole).toBe(true);
    // OpenAI keeps prefixes from 1,024 tokens on.
    expect(otherContact.bytes).toBeGreaterThan(9_000);
    expect(otherContact.share).toBeGreaterThan(0.95);
    expect(sameContact.share).toBeGreaterThan(0.95);
    expect(sameContact.bytes).toBeGreaterThanOrEqual(otherContact.bytes);
  });

  it('have persona and rules in common at least, where each question has passages of its own', async () => {
    const { whole, otherContact } = await measurePrompts('data', 1000);

    expect(whole).toBe(false);
    expect(otherContact.bytes).toBeGreaterThan(1_900);
    expect(otherContact.share).toBeLessThan(0.8);
  });
});
