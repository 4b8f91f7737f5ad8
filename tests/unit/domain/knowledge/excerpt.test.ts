import { describe, expect, it } from '@jest/globals';

import { excerptOf } from '../../../../src/domain/knowledge/excerpt.ts';

const FILLER = 'Isto é só para encher o trecho com palavras que ninguém procura. ';

describe('excerptOf', () => {
  it('is the whole of a short text, in one line', () => {
    expect(excerptOf('Banho:\n  R$ 55,00\n\nTosa: R$ 45,00', [])).toBe(
      'Banho: R$ 55,00 Tosa: R$ 45,00',
    );
  });

  it('begins with the sentence that holds most of the terms, whatever its accents', () => {
    const text = `${FILLER.repeat(4)}A inscrição custa R$ 50,00. ${FILLER.repeat(4)}`;

    const excerpt = excerptOf(text, ['inscri', 'cust']);

    expect(excerpt).toMatch(/^… A inscrição custa R\$ 50,00\. Isto é/u);
    expect(excerpt).toMatch(/\S …$/u);
    expect(excerpt.length).toBeLessThanOrEqual(250);
  });

  it('begins at the beginning where no term stands', () => {
    expect(excerptOf(FILLER.repeat(9), ['banho'])).toMatch(/^Isto é só/u);
  });

  it('cuts no character in two', () => {
    expect(excerptOf('😀'.repeat(300), []).isWellFormed()).toBe(true);
  });
});
