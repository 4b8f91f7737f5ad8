import { describe, expect, it } from '@jest/globals';
import { parseJson } from '../../../../../../src/adapters/inbound/http/payload/parse-json.ts';
import { toBytes } from '../../../../../builders/a-webhook-body.ts';

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

describe('parseJson', () => {
  it.each([
    ['an object', '{"a":[1,"ç"]}', { a: [1, 'ç'] }],
    ['a bare string', '"olá"', 'olá'],
    ['null', 'null', null],
    ['white space around it', ' \n{"a":1}\t', { a: 1 }],
  ])('reads %s', (_name, text, expected) => {
    const parsed = parseJson(toBytes(text));

    expect(parsed).toEqual({ value: expected });
  });

  it('reads past a byte order mark', () => {
    const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, ...toBytes('{"a":1}')]);

    expect(parseJson(bytes)).toEqual({ value: { a: 1 } });
  });

  it.each([
    ['nothing', ''],
    ['white space', '  '],
    ['a cut object', '{"a":'],
    ['text behind the value', '{} {}'],
    ['a form', 'phone=5583988887777&message=oi'],
    ['an open string', '"abc'],
    ['a string that ends in a backslash', '"abc\\'],
    ['a raw control character in a string', '"a\nb"'],
  ])('refuses %s', (_name, text) => {
    expect(parseJson(toBytes(text))).toBeUndefined();
  });

  it('refuses bytes that are not UTF-8', () => {
    const windows1252 = Uint8Array.from([0x22, 0x63, 0xe7, 0x22]);

    expect(parseJson(windows1252)).toBeUndefined();
  });

  it('reads a body that follows one it refused half-way through a character', () => {
    parseJson(Uint8Array.from([0x22, 0xc3]));

    expect(parseJson(toBytes('"ç"'))).toEqual({ value: 'ç' });
  });

  it('reads 64 levels', () => {
    expect(parseJson(toBytes(nested(64)))).toBeDefined();
  });

  it('refuses 65 levels', () => {
    expect(parseJson(toBytes(nested(65)))).toBeUndefined();
  });

  it('counts objects and arrays alike', () => {
    const mixed = '{"a":['.repeat(32) + '{}' + ']}'.repeat(32);

    expect(parseJson(toBytes(mixed))).toBeUndefined();
  });

  it('does not count brackets inside strings', () => {
    const text = JSON.stringify({ a: '['.repeat(500), b: `\\"${'{'.repeat(500)}\\` });

    expect(parseJson(toBytes(text))).toEqual({ value: JSON.parse(text) as unknown });
  });

  it('does not count siblings as levels', () => {
    const text = `[${Array.from({ length: 500 }, () => '{}').join(',')}]`;

    expect(parseJson(toBytes(text))?.value).toHaveLength(500);
  });

  it('refuses a million opening brackets', () => {
    expect(parseJson(toBytes('['.repeat(1_000_000)))).toBeUndefined();
  });
});
