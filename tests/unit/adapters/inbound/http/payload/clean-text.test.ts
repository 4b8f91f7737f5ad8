import { describe, expect, it } from '@jest/globals';
import {
  cleanId,
  cleanName,
  cleanText,
} from '../../../../../../src/adapters/inbound/http/payload/clean-text.ts';

describe('cleanText', () => {
  it.each([
    ['keeps words, tabs and line feeds', 'Olá,\n\ttudo bem?', 'Olá,\n\ttudo bem?'],
    ['removes control characters', 'o\u0000i\u0003 \u001bvocê\u0085\u007f', 'oi você'],
    ['turns every line end into a line feed', 'a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['takes off outer white space', ' \n oi  \n', 'oi'],
    ['keeps inner white space', 'a   b', 'a   b'],
    ['replaces half a surrogate pair', 'a\ud83db', 'a\ufffdb'],
    ['keeps emoji that are joined', '👩‍👧', '👩‍👧'],
    ['leaves nothing of nothing but controls', '\u0000'.repeat(1000), ''],
  ])('%s', (_rule, text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  it('cuts at 65,536 UTF-16 units', () => {
    expect(cleanText('a'.repeat(70_000))).toHaveLength(65_536);
  });

  it('cuts before a character that does not fit whole', () => {
    const text = `${'a'.repeat(65_535)}😀`;

    expect(cleanText(text)).toBe('a'.repeat(65_535));
  });
});

describe('cleanName', () => {
  it.each([
    ['keeps a name', 'Ana Souza', 'Ana Souza'],
    ['brings it to one line', ' Ana\r\n\tSouza\u0000', 'Ana Souza'],
    ['removes marks that turn the writing direction', 'Ana\u202eazuoS', 'Ana azuoS'],
    ['cuts at 100 characters', 'a'.repeat(101), 'a'.repeat(100)],
  ])('%s', (_rule, name, expected) => {
    expect(cleanName(name)).toBe(expected);
  });

  it.each([undefined, '', ' \u0000\n '])('finds no name in %j', (name) => {
    expect(cleanName(name)).toBeUndefined();
  });
});

describe('cleanId', () => {
  it.each(['3EB0A1', 'false_558388887777@c.us_3EB0', 'a'.repeat(200)])('takes %s', (id) => {
    expect(cleanId(id)).toBe(id);
  });

  it.each([
    ['an empty string', ''],
    ['201 characters', 'a'.repeat(201)],
    ['white space', 'a b'],
    ['control characters', 'a\u0000'],
    ['letters beyond ASCII', 'é'],
    ['a number', 7],
    ['an object', {}],
    ['nothing', undefined],
  ])('refuses %s', (_name, id) => {
    expect(cleanId(id)).toBeUndefined();
  });
});
