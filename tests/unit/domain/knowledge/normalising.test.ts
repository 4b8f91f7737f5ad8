import { describe, expect, it } from '@jest/globals';

import { hasMoreLines, normaliseText } from '../../../../src/domain/knowledge/normalising.ts';

describe('normaliseText', () => {
  it.each([
    ['Windows line ends', 'a\r\nb', 'a\nb'],
    ['old Mac line ends', 'a\rb', 'a\nb'],
    ['form feeds and Unicode line ends', 'a\fb\u2028c\u0085d', 'a\nb\nc\nd'],
    ['a byte order mark', '\ufeffPreço', 'Preço'],
    ['decomposed accents', 'Prec\u0327o a\u0301', 'Preço á'],
    ['control characters', 'a\u0007b\u001ac\td', 'abc\td'],
  ])('gives %s one form', (_what, text, normalised) => {
    expect(normaliseText(text)).toBe(normalised);
  });

  it('cuts a run of combining marks after the 30th', () => {
    expect(normaliseText(`a${'\u0323\u0301'.repeat(30_000)}b`)).toBe(
      `\u1ea1${'\u0323'.repeat(14)}${'\u0301'.repeat(15)}b`,
    );
  });

  it('leaves prices, links and Pix keys as they are', () => {
    const text = 'R$\u00a01.997,00 https://loja.example/a?b=1&c=2 pix@loja.example';

    expect(normaliseText(text)).toBe(text);
  });
});

describe('hasMoreLines', () => {
  it.each([
    ['a\nb\nc', 3, false],
    ['a\nb\nc\n', 3, true],
    ['a\r\nb\r\nc', 3, false],
    ['a\rb\fc\u2028d', 3, true],
  ])('tells for %j and %i lines: %s', (text, limit, has) => {
    expect(hasMoreLines(text, limit)).toBe(has);
  });
});
