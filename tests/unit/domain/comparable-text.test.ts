import { describe, expect, it } from '@jest/globals';

import { comparableText } from '../../../src/domain/comparable-text.ts';

describe('comparableText', () => {
  it.each([
    ['composed and decomposed letters', 'Inscric\u0327a\u0303o', 'Inscrição'],
    ['line ends of Windows', 'um\r\ndois', 'um\ndois'],
    ['runs of spaces', 'um  \t dois\u00a0três', 'um dois três'],
    ['spaces at the edges of text and lines', '  um \n dois\n', 'um\ndois'],
  ])('does not tell apart %s', (_, received, sent) => {
    expect(comparableText(received)).toBe(sent);
  });

  it('tells apart words, letters of another size and paragraphs', () => {
    expect(comparableText('Ok')).not.toBe(comparableText('ok'));
    expect(comparableText('um\n\ndois')).not.toBe(comparableText('um\ndois'));
  });

  it('leaves nothing of a text without words', () => {
    expect(comparableText(' \r\n\u00a0')).toBe('');
  });

  it('does not tell apart what differs only behind 30 combining marks', () => {
    const marks = (count: number): string => `a${'\u0323'.repeat(count)}b`;

    expect(comparableText(marks(65_000))).toBe(comparableText(marks(30)));
    expect(comparableText(marks(29))).not.toBe(comparableText(marks(30)));
  });

  it('makes one space of 65,000', () => {
    const text = `a${' '.repeat(65_000)}b`;

    expect(comparableText(text)).toBe('a b');
  });
});
