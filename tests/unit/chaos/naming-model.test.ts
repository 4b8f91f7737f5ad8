import { describe, expect, it } from '@jest/globals';

import { answerTo } from '../../../chaos/support/naming-model.ts';

describe('answerTo', () => {
  it('names what the customer has just said, and nothing that was answered', () => {
    const messages = [
      { role: 'user', content: 'Oi, qxaaab' },
      { role: 'assistant', content: 'Recebi: qxaaab' },
      { role: 'user', content: 'E o qxaaac\ne o qxaaad' },
    ];

    expect(answerTo({ messages })).toBe('Recebi: qxaaac qxaaad');
  });

  it('names what came in while an earlier answer was made', () => {
    const messages = [
      { role: 'user', content: 'Oi, qxaaab' },
      { role: 'user', content: 'E o qxaaac' },
      { role: 'assistant', content: 'Recebi: qxaaab' },
      { role: 'user', content: '[o cliente não escreveu mais nada depois disso]' },
    ];

    expect(answerTo({ messages })).toBe('Recebi: qxaaac');
  });
});
