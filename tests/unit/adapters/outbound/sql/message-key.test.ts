import { describe, expect, it } from '@jest/globals';

import {
  contactMessageKey,
  idInOwnKey,
  ownMessageKey,
} from '../../../../../src/adapters/outbound/sql/message-key.ts';

describe('ownMessageKey', () => {
  it('holds the id of the gateway', () => {
    expect(idInOwnKey(ownMessageKey('loja', '3EB0A1'))).toBe('3EB0A1');
  });

  it('holds a hash in the place of an id that no gateway would give', () => {
    expect(idInOwnKey(ownMessageKey('loja', 'x'.repeat(10_000)))).toHaveLength(64);
  });

  it('begins with any character as often as a contact’s, though all ids begin alike', () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `3EB0${index}`);

    const begun = [ownMessageKey, contactMessageKey].map(
      (keyOf) => new Set(ids.map((id) => keyOf('loja', id).charAt(0))).size,
    );

    expect(begun).toEqual([64, 64]);
  });

  it('is none of a contact, and differs between instances', () => {
    const keys = [
      ownMessageKey('loja', 'A'),
      ownMessageKey('filial', 'A'),
      contactMessageKey('loja', 'A'),
      contactMessageKey('filial', 'A'),
    ];

    expect(new Set(keys).size).toBe(4);
  });
});
