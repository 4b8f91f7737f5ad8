import { describe, expect, it } from '@jest/globals';

import {
  contactAsTyped,
  typedContact,
} from '../../../../../src/adapters/inbound/http/typed-contact.ts';
import { type Jid } from '../../../../../src/domain/contact.ts';

describe('typedContact', () => {
  it.each([
    ['5583999991234', '5583999991234@s.whatsapp.net'],
    [' +55 (83) 9 9999-1234 ', '5583999991234@s.whatsapp.net'],
    ['5583999991234@s.whatsapp.net', '5583999991234@s.whatsapp.net'],
    ['5583999991234@c.us', '5583999991234@s.whatsapp.net'],
    ['5583999991234:12@s.whatsapp.net', '5583999991234@s.whatsapp.net'],
    ['129876543210@lid', '129876543210@lid'],
  ])('reads %s', (typed, jid) => {
    const contact = typedContact(typed);

    expect(contact).toBe(jid);
  });

  it.each(['', '123', 'maria', '120363041234567890@g.us', 'status@broadcast', 'a@b', '@'])(
    'refuses "%s"',
    (typed) => {
      const contact = typedContact(typed);

      expect(contact).toBeUndefined();
    },
  );
});

describe('contactAsTyped', () => {
  it('shows a phone by its digits and a lid in full', () => {
    const shown = [
      contactAsTyped('5583999991234@s.whatsapp.net' as Jid),
      contactAsTyped('129876543210@lid' as Jid),
    ];

    expect(shown).toEqual(['5583999991234', '129876543210@lid']);
  });
});
