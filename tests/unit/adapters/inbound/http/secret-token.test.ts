import { describe, expect, it } from '@jest/globals';

import { SecretToken } from '../../../../../src/adapters/inbound/http/secret-token.ts';

describe('SecretToken', () => {
  it('matches itself', () => {
    const token = new SecretToken('açaí-8f3a');

    expect(token.matches('açaí-8f3a')).toBe(true);
  });

  it.each(['', 'a', 'açaí-8f3', 'açaí-8f3a ', 'AÇAÍ-8F3A', 'x'.repeat(10_000)])(
    'does not match another text of any length (%#)',
    (candidate) => {
      const token = new SecretToken('açaí-8f3a');

      expect(token.matches(candidate)).toBe(false);
    },
  );

  it('does not show the token when it is written out', () => {
    const token = new SecretToken('acai-8f3a');

    expect(`${JSON.stringify(token)} ${JSON.stringify(Object.entries(token))}`).not.toContain(
      'acai',
    );
  });
});
