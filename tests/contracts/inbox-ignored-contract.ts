import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Alias, type Jid } from '../../src/domain/contact.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  beginDelivery,
  receive,
} from '../support/store-under-test.ts';

const PHONE = '558388887777@s.whatsapp.net' as Jid;
const LID = '123456789012345@lid' as Jid;
const BY_LID = { chat: 'lid', identity: { lid: LID } } as const;
const BY_BOTH = { chat: 'phone', identity: { phone: PHONE, lid: LID } } as const;
const IGNORED = { status: 'ignored', reason: 'ignored_contact' };

/** What every inbox must do with those whom the owner wants ignored. */
export function inboxIgnoredContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the inbox contract for ignored contacts`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      const ignored = ['phone:5583988887777', 'lid:987654321098765'] as Alias[];
      store = await openEmpty({ ignoredContacts: new Set(ignored) });
    });
    afterEach(() => store.close());

    it('knows one by the lid alone once it has come with the phone', async () => {
      const both = await receive(store, { ...BY_BOTH, id: 'A' });
      const alone = await receive(store, { ...BY_LID, id: 'B' });

      expect(both).toMatchObject(IGNORED);
      expect(alone).toMatchObject(IGNORED);
    });

    it('knows one by the phone alone once it has come with the lid that is to be ignored', async () => {
      const phone = '5583911112222@s.whatsapp.net' as Jid;
      const lid = '987654321098765@lid' as Jid;
      const before = await receive(store, { identity: { phone }, id: 'A', text: 'Oi' });
      const both = await receive(store, { identity: { phone, lid }, id: 'B', text: 'Alô' });
      const alone = await receive(store, { identity: { phone }, id: 'C', text: 'Bia?' });

      expect(before).toMatchObject({ status: 'accepted' });
      expect([both, alone]).toMatchObject([IGNORED, IGNORED]);
    });

    it('keeps nothing that they or the owner wrote', async () => {
      await receive(store, { ...BY_BOTH, id: 'A' });
      const own = await receive(store, { ...BY_BOTH, id: 'B', fromMe: true, text: 'Já chego' });

      expect(own).toMatchObject(IGNORED);
      expect(await store.inbox.depth()).toBe(0);
      expect(await store.conversations.history(1 as never, 9)).toEqual([]);
      expect(await store.conversations.summaries()).toEqual([]);
    });

    it('settles what was sent to them by its echo', async () => {
      await store.outbox.enqueue({ identity: { phone: PHONE }, parts: ['Bom dia, mãe.'] });
      const delivery = await beginDelivery(store);
      await store.outbox.settle(delivery, { kind: 'unknown', reason: 'time-out' });

      const echo = { identity: { phone: PHONE }, fromMe: true, id: 'OUT-1', text: 'Bom dia, mãe.' };
      const reception = await receive(store, echo);

      expect(reception).toMatchObject({ reason: 'own_message' });
      expect(await store.outbox.find(delivery.id)).toMatchObject({ state: 'sent' });
    });

    it('answers everybody else', async () => {
      const identity = { phone: '5583977776666@s.whatsapp.net' as Jid };

      expect(await receive(store, { identity })).toMatchObject({ status: 'accepted' });
    });
  });
}
