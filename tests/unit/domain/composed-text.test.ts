import { describe, expect, it } from '@jest/globals';

import { composedText } from '../../../src/domain/composed-text.ts';

describe('composedText', () => {
  it('composes letters with their accents', () => {
    expect(composedText('Inscric\u0327a\u0303o')).toBe('Inscrição');
  });

  it('leaves 30 combining marks in a row, in their order', () => {
    const text = `x${'\u0323'.repeat(15)}${'\u0301'.repeat(15)}y`;

    expect(composedText(text)).toBe(text);
  });

  it('counts marks beyond the basic plane alike', () => {
    const mark = '\u{1d167}';

    expect(composedText(`x${mark.repeat(40)}y`)).toBe(`x${mark.repeat(30)}y`);
  });

  it('drops what stands behind the 30th mark of a run', () => {
    const text = `x${'\u0301'.repeat(32_768)}${'\u0323'.repeat(32_767)}y`;

    expect(composedText(text)).toBe(`x${'\u0301'.repeat(30)}y`);
  });
});
