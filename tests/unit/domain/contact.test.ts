import { describe, expect, it } from '@jest/globals';
import {
  aliasesOf,
  canonicalPhone,
  maskNumber,
  parseJid,
  phoneJid,
  typedIdentity,
  type Jid,
} from '../../../src/domain/contact.ts';

describe('parseJid', () => {
  it.each([
    ['5583988887777@s.whatsapp.net', 'phone', '5583988887777@s.whatsapp.net'],
    ['5583988887777:12@s.whatsapp.net', 'phone', '5583988887777@s.whatsapp.net'],
    ['5583988887777_1:12@s.whatsapp.net', 'phone', '5583988887777@s.whatsapp.net'],
    ['558388887777@c.us', 'phone', '558388887777@s.whatsapp.net'],
    ['123456789012345@lid', 'lid', '123456789012345@lid'],
    ['120363040000000000@g.us', 'group', '120363040000000000@g.us'],
    ['status@broadcast', 'status', 'status@broadcast'],
    ['120363040000000000@newsletter', 'newsletter', '120363040000000000@newsletter'],
    ['0@s.whatsapp.net', 'other', '0@s.whatsapp.net'],
    ['p@s.whatsapp.net', 'other', 'p@s.whatsapp.net'],
    ['abc@lid', 'other', 'abc@lid'],
    ['5583988887777@constructor', 'other', '5583988887777@constructor'],
  ])('reads %s as %s', (text, kind, jid) => {
    expect(parseJid(text)).toMatchObject({ kind, jid });
  });

  it.each(['', '5583988887777', '@s.whatsapp.net', 'a b@s.whatsapp.net', 'x@y@lid'])(
    'reads no jid in %j',
    (text) => {
      expect(parseJid(text)).toBeUndefined();
    },
  );
});

describe('phoneJid', () => {
  it('takes a number as people type it', () => {
    expect(phoneJid('+55 (83) 9.8888-7777')).toBe('5583988887777@s.whatsapp.net');
  });

  it.each(['', 'abc', '1234567', '1234567890123456', '5583x88887777'])('refuses %j', (typed) => {
    expect(phoneJid(typed)).toBeUndefined();
  });
});

describe('typedIdentity', () => {
  it.each([
    ['+55 (83) 9 8888-7777', { phone: '5583988887777@s.whatsapp.net' }],
    ['5583988887777:2@s.whatsapp.net', { phone: '5583988887777@s.whatsapp.net' }],
    [' 123456789012345@lid ', { lid: '123456789012345@lid' }],
  ])('reads %s', (typed, identity) => {
    expect(typedIdentity(typed)).toEqual(identity);
  });

  it.each(['', 'ana', '123', '120363041234567890@g.us', 'abc@lid'])(
    'reads nobody in %j',
    (typed) => {
      expect(typedIdentity(typed)).toBeUndefined();
    },
  );
});

describe('canonicalPhone', () => {
  it.each([
    ['558388887777', '5583988887777'],
    ['5583988887777', '5583988887777'],
    ['558360001111', '5583960001111'],
    ['558320001111', '558320001111'],
    ['558359991111', '558359991111'],
    ['14155552671', '14155552671'],
    ['351912345678', '351912345678'],
  ])('makes %s to %s', (digits, canonical) => {
    expect(canonicalPhone(digits)).toBe(canonical);
  });
});

describe('aliasesOf', () => {
  it('names a person by phone and lid, the phone with its ninth digit', () => {
    const aliases = aliasesOf({
      phone: '558388887777@s.whatsapp.net' as Jid,
      lid: '77@lid' as Jid,
    });

    expect(aliases).toEqual(['phone:5583988887777', 'lid:77']);
  });
});

describe('maskNumber', () => {
  it.each([
    ['5583988887777', '55*******7777'],
    ['123456789012345@lid', '12*********2345'],
    ['123456', '******'],
  ])('shows %s as %s', (number, masked) => {
    expect(maskNumber(number)).toBe(masked);
  });
});
