import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Jid } from '../../src/domain/contact.ts';
import { anArrivalBatch } from '../builders/an-arrival-batch.ts';
import { anIncomingMessage } from '../builders/an-incoming-message.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  answer,
  beginDelivery,
  claimTurn,
  receive,
} from '../support/store-under-test.ts';

const PHONE = '5583988887777@s.whatsapp.net' as Jid;
const PHONE_WITHOUT_NINTH_DIGIT = '558388887777@s.whatsapp.net' as Jid;
const LID = '123456789012345@lid' as Jid;

/** What every inbox must do with what comes in. */
export function inboxContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the inbox contract when messages come in`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('accepts a message, which waits for its answer', async () => {
      const reception = await receive(store);

      expect(reception).toEqual({
        status: 'accepted',
        contactId: 1,
        messageId: 1,
        readyInMs: 2_000,
      });
      expect(await store.inbox.depth()).toBe(1);
    });

    it('knows how long the contact that waits longest has waited', async () => {
      const before = await store.inbox.oldestWaitingMs();
      await receive(store, { id: 'A' });
      store.clock.advance(1_000);
      await receive(store, { id: 'B', identity: { lid: LID } });
      store.clock.advance(1_000);
      await receive(store, { id: 'C', text: 'e mais uma coisa' });

      expect(before).toBeUndefined();
      expect(await store.inbox.oldestWaitingMs()).toBe(2_000);
    });

    it('has nobody waiting once everybody is answered', async () => {
      await answer(store);

      expect(await store.inbox.oldestWaitingMs()).toBeUndefined();
    });

    it('refuses a redelivered message', async () => {
      await receive(store);
      store.clock.advance(60_000);

      expect(await receive(store)).toEqual({
        status: 'ignored',
        reason: 'duplicate',
        contactId: 1,
      });
    });

    it('accepts one of eight copies that come at once', async () => {
      const receptions = await Promise.all(Array.from({ length: 8 }, () => receive(store)));

      expect(receptions.filter(({ status }) => status === 'accepted')).toHaveLength(1);
      expect(await store.inbox.depth()).toBe(1);
    });

    it('refuses a message that comes once by phone and once by lid', async () => {
      await receive(store, { identity: { phone: PHONE, lid: LID } });

      const twin = await receive(store, { identity: { lid: LID }, chat: 'lid' });

      expect(twin).toMatchObject({ status: 'ignored', reason: 'duplicate' });
    });

    it('tells apart a message and one of ours that carry the same id', async () => {
      await receive(store);

      const own = await receive(store, { fromMe: true, text: 'Já respondo' });

      expect(own).toMatchObject({ reason: 'own_message' });
      expect(await store.conversations.history(1 as never, 9)).toMatchObject([
        { author: 'customer', text: 'Quanto custa o curso?' },
        { author: 'person', text: 'Já respondo' },
      ]);
    });

    it('answers for each message of a body', async () => {
      const receptions = await store.inbox.add(
        anArrivalBatch(
          anIncomingMessage({ id: 'A', text: 'Oi' }),
          anIncomingMessage({ id: 'A', text: 'Oi' }),
          anIncomingMessage({ id: 'B', text: 'Quanto custa?' }),
        ),
      );

      expect(receptions).toMatchObject([
        { status: 'accepted', messageId: 1 },
        { status: 'ignored', reason: 'duplicate' },
        { status: 'accepted', messageId: 2 },
      ]);
    });

    it.each(['Quanto  custa o curso?', ' Quanto custa o curso?\r\n'])(
      'refuses the same words within DEDUP_TTL, written as %j',
      async (text) => {
        await receive(store);
        store.clock.advance(11_999);

        expect(await receive(store, { id: 'MSG-2', text })).toMatchObject({ reason: 'duplicate' });
      },
    );

    it('accepts the same words after DEDUP_TTL', async () => {
      await receive(store);
      store.clock.advance(12_000);

      expect(await receive(store, { id: 'MSG-2' })).toMatchObject({ status: 'accepted' });
    });

    it('accepts the same words of another contact', async () => {
      await receive(store);
      const identity = { phone: '5583977776666@s.whatsapp.net' as Jid };

      expect(await receive(store, { id: 'MSG-2', identity })).toMatchObject({
        status: 'accepted',
        contactId: 2,
      });
    });

    it('accepts messages without words one after the other', async () => {
      await receive(store, { kind: 'image', text: '' });

      expect(await receive(store, { id: 'MSG-2', kind: 'image', text: '' })).toMatchObject({
        status: 'accepted',
      });
    });

    it('knows a message without id by its words only', async () => {
      const { id: _, ...withoutId } = anIncomingMessage();
      await store.inbox.add(anArrivalBatch(withoutId));

      const soon = await store.inbox.add(anArrivalBatch(withoutId));
      store.clock.advance(12_000);
      const later = await store.inbox.add(anArrivalBatch(withoutId));

      expect(soon).toMatchObject([{ reason: 'duplicate' }]);
      expect(later).toMatchObject([{ status: 'accepted' }]);
    });

    it('keeps a message that is not to be answered in the history only', async () => {
      const message = anIncomingMessage({ kind: 'sticker', text: '' });
      const batch = { ...anArrivalBatch(), arrivals: [{ message, keepOnly: 'sticker' as const }] };

      const receptions = await store.inbox.add(batch);
      const again = await store.inbox.add(batch);

      expect(receptions).toEqual([{ status: 'ignored', reason: 'sticker', contactId: 1 }]);
      expect(again).toMatchObject([{ reason: 'duplicate' }]);
      expect(await store.inbox.nextTurnInMs()).toBeUndefined();
      expect(await store.conversations.history(1 as never, 9)).toMatchObject([
        { author: 'customer', kind: 'sticker' },
      ]);
    });

    it('does not take a question for the repetition of one that was only kept', async () => {
      const batch = {
        ...anArrivalBatch(),
        arrivals: [{ message: anIncomingMessage(), keepOnly: 'too_old' as const }],
      };
      await store.inbox.add(batch);

      expect(await receive(store, { id: 'MSG-2' })).toMatchObject({ status: 'accepted' });
    });

    it('takes a long text that equals our last one for an echo', async () => {
      await answer(store, {}, { parts: ['O curso custa R$ 350,00 à vista.'] });
      const delivery = await beginDelivery(store);
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'OUT-1' });

      const text = 'O curso custa R$ 350,00 à vista.';
      const soon = await receive(store, { id: 'MSG-2', text });
      store.clock.advance(12_000);
      const later = await receive(store, { id: 'MSG-3', text });

      expect(soon).toMatchObject({ reason: 'echo_recent_outbound' });
      expect(later).toMatchObject({ status: 'accepted' });
    });

    it('takes a number with and without the ninth digit for one contact, and replies as last received', async () => {
      await receive(store);
      const identity = { phone: PHONE_WITHOUT_NINTH_DIGIT };

      expect(await receive(store, { id: 'MSG-2', text: 'Alô', identity })).toMatchObject({
        contactId: 1,
      });
      expect(await claimTurn(store)).toMatchObject({ replyTo: PHONE_WITHOUT_NINTH_DIGIT });
    });

    it('answers a contact that is known by lid only', async () => {
      await receive(store, { chat: 'lid', identity: { lid: LID } });

      expect(await claimTurn(store)).toMatchObject({ replyTo: LID });
    });

    it('learns the phone of a contact that was known by lid', async () => {
      await receive(store, { chat: 'lid', identity: { lid: LID } });
      await receive(store, {
        id: 'MSG-2',
        text: 'Alô',
        chat: 'lid',
        identity: { phone: PHONE, lid: LID },
      });

      const turn = await claimTurn(store);

      expect(turn).toMatchObject({ contactId: 1, replyTo: PHONE });
      expect(turn.messages).toHaveLength(2);
    });

    it('keeps the name that the contact gave last, and never the name in our own messages', async () => {
      const { name: _, ...nameless } = anIncomingMessage({ id: 'MSG-4', text: 'Então?' });
      await receive(store, { name: 'Ana' });
      await receive(store, { id: 'MSG-2', text: 'Alô', name: 'Ana Souza' });
      await receive(store, { id: 'MSG-3', text: 'Olá', name: 'Escola', fromMe: true });
      await store.takeovers.resume({ phone: PHONE });
      await store.inbox.add(anArrivalBatch(nameless));

      expect(await claimTurn(store)).toMatchObject({ name: 'Ana Souza' });
    });
  });
}
