import { describe, expect, it } from '@jest/globals';
import {
  asRecord,
  integerAt,
  isTrueAt,
  type LooseRecord,
  recordAt,
  stringAt,
  valueAt,
} from '../../../../../../src/adapters/inbound/http/payload/loose-record.ts';

describe('asRecord', () => {
  it.each([[null], [[]], ['text'], [7], [undefined]])('takes %j for no object', (value) => {
    expect(asRecord(value)).toBeUndefined();
  });
});

describe('valueAt', () => {
  it.each(['constructor', 'toString', '__proto__'])('does not see an inherited %s', (field) => {
    expect(valueAt({}, field)).toBeUndefined();
  });

  it('sees a field named __proto__ that the JSON itself holds', () => {
    const record = JSON.parse('{"__proto__":{"a":1}}') as LooseRecord;

    expect(recordAt(record, '__proto__')).toEqual({ a: 1 });
    expect(valueAt(record, 'a')).toBeUndefined();
  });
});

describe('stringAt', () => {
  it('passes over fields that are blank or no strings', () => {
    expect(stringAt({ a: 7, b: ' ', c: 'x', d: 'y' }, 'a', 'b', 'c', 'd')).toBe('x');
  });
});

describe('integerAt', () => {
  it.each([
    ['a number', 1698527956, 1698527956],
    ['a fraction, cut', 1698527956.9, 1698527956],
    ['a string', '5999', 5999],
    ['low and high', { low: 1698527956, high: 0, unsigned: true }, 1698527956],
    ['low alone', { low: 12 }, 12],
    ['a low half with its sign bit set', { low: -1, high: 0 }, 4294967295],
    ['a high half', { low: 0, high: 1 }, 4294967296],
  ])('reads %s', (_name, value, expected) => {
    expect(integerAt({ at: value }, 'at')).toBe(expected);
  });

  it.each([
    ['words', 'amanhã'],
    ['a fraction in a string', '1.5'],
    ['exponents in a string', '1e3'],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a number beyond safe integers', 2 ** 60],
    ['halves that are no numbers', { low: '1', high: 0 }],
    ['null', null],
    ['a list', [1]],
  ])('refuses %s', (_name, value) => {
    expect(integerAt({ at: value }, 'at')).toBeUndefined();
  });
});

describe('isTrueAt', () => {
  it.each([true, 'true', 1])('takes %j for true', (value) => {
    expect(isTrueAt({ at: value }, 'at')).toBe(true);
  });

  it.each([false, 'false', 0, null, 'yes'])('takes %j for false', (value) => {
    expect(isTrueAt({ at: value }, 'at')).toBe(false);
  });
});
