import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Jid } from '../../src/domain/contact.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  answer,
  beginDelivery,
  claimTurn,
  receive,
} from '../support/store-under-test.ts';

const REPLY = 'O curso custa R$ 350,00.';
const ECHO = { fromMe: true, id: 'OUT-1', text: REPLY, name: 'Escola' } as const;
const WITHOUT_NINTH_DIGIT = { phone: '558388887777@s.whatsapp.net' as Jid };

/** What every inbox must do with messages from the shop's own number. */
export function inboxEchoContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the inbox contract for our own messages`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('knows the echo of a reply by the id that the gateway gave', async () => {
      await answer(store);
      const delivery = await beginDelivery(store);
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'OUT-1' });

      const reception = await receive(store, { ...ECHO, text: 'formatado de outro jeito' });

      expect(reception).toMatchObject({ reason: 'own_message' });
      expect(await store.conversations.history(1 as never, 9)).toHaveLength(2);
    });

    it('settles a reply whose echo comes before the response', async () => {
      await answer(store);
      const delivery = await beginDelivery(store);

      await receive(store, { ...ECHO, text: `${REPLY}\r\n`, identity: WITHOUT_NINTH_DIGIT });

      expect(await store.outbox.find(delivery.id)).toEqual({ id: delivery.id, state: 'sent' });
      expect(await store.outbox.settle(delivery, { kind: 'unknown', reason: 'time-out' })).toBe(
        'sent',
      );
      expect(await store.conversations.history(1 as never, 9)).toHaveLength(2);
    });

    it('settles an unconfirmed reply by its echo, and only once', async () => {
      await answer(store);
      const delivery = await beginDelivery(store);
      await store.outbox.settle(delivery, { kind: 'unknown', reason: 'time-out' });

      const first = await receive(store, ECHO);
      const redelivered = await receive(store, ECHO);

      expect(first).toMatchObject({ reason: 'own_message' });
      expect(redelivered).toMatchObject({ reason: 'own_message' });
      expect(await store.outbox.find(delivery.id)).toMatchObject({ state: 'sent' });
      expect(await store.outbox.nextDeliveryInMs()).toBeUndefined();
      expect(await store.conversations.history(1 as never, 9)).toHaveLength(2);
    });

    it('knows the echo of a second copy by the id of the late response', async () => {
      await answer(store);
      const delivery = await beginDelivery(store);
      await receive(store, { ...ECHO, id: 'OUT-1' });
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'OUT-2' });

      await receive(store, { ...ECHO, id: 'OUT-2' });

      expect(await store.conversations.history(1 as never, 9)).toHaveLength(2);
    });

    it('lets one echo settle one of two equal replies', async () => {
      await answer(store, {}, { parts: ['Ok!', 'Ok!'] });
      const first = await beginDelivery(store);
      await receive(store, { ...ECHO, text: 'Ok!' });
      const second = await beginDelivery(store);

      expect(await store.outbox.find(first.id)).toMatchObject({ state: 'sent' });
      expect(await store.outbox.find(second.id)).toMatchObject({ state: 'sending' });
    });

    it('does not take the words of a customer for the echo of a reply that is being sent', async () => {
      await answer(store);
      const delivery = await beginDelivery(store);

      await receive(store, { id: 'MSG-2', text: REPLY });

      expect(await store.outbox.find(delivery.id)).toMatchObject({ state: 'sending' });
    });

    it('takes a text for typed by a person while its like only waits to be sent', async () => {
      await answer(store);

      await receive(store, ECHO);

      expect(await store.outbox.claimDeliveries(1)).toEqual([]);
      expect(await store.conversations.history(1 as never, 9)).toMatchObject([
        { author: 'customer' },
        { author: 'person', text: REPLY },
      ]);
    });

    it("takes a text for typed by a person while the like of it is another contact's", async () => {
      await answer(store);
      await beginDelivery(store);
      const identity = { phone: '5583977776666@s.whatsapp.net' as Jid };

      await receive(store, { ...ECHO, identity });

      expect(await store.conversations.history(2 as never, 9)).toMatchObject([
        { author: 'person', text: REPLY },
      ]);
    });

    it('keeps what a person of the business typed, once', async () => {
      const typed = { fromMe: true, id: 'OWN-1', text: 'Pode vir hoje!', name: 'Escola' };

      const first = await receive(store, typed);
      const redelivered = await receive(store, typed);

      expect(first).toEqual({ status: 'ignored', reason: 'own_message', contactId: 1 });
      expect(redelivered).toMatchObject({ reason: 'own_message' });
      expect(await store.inbox.depth()).toBe(0);
      expect(await store.conversations.history(1 as never, 9)).toMatchObject([
        { author: 'person', text: 'Pode vir hoje!' },
      ]);
    });

    it('does not let a contact wait for a person any more once one has written', async () => {
      await answer(store, {}, { flag: 'a IA falhou' });

      await receive(store, { fromMe: true, id: 'OWN-1', text: 'Pode vir hoje!' });

      const [summary] = await store.conversations.summaries();
      expect(summary).toMatchObject({ contactId: 1 });
      expect(summary).not.toHaveProperty('person');
    });
  });

  describe(`${storeName} with own messages answered`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty({ ignoreFromMe: false });
    });
    afterEach(() => store.close());

    it("accepts a message from the shop's own phone like a customer's, once", async () => {
      const own = { fromMe: true, id: 'OWN-1', text: 'Quanto custa?' };

      const first = await receive(store, own);
      const redelivered = await receive(store, own);

      expect(first).toMatchObject({ status: 'accepted' });
      expect(redelivered).toMatchObject({ reason: 'duplicate' });
    });

    it("does not take the shop's name for the contact's", async () => {
      await receive(store, { id: 'MSG-1', name: 'Ana' });
      await receive(store, { fromMe: true, id: 'OWN-1', text: 'E à vista?', name: 'Escola' });

      expect(await claimTurn(store)).toMatchObject({ name: 'Ana', messages: [{}, {}] });
    });

    it('ignores the echo of a reply', async () => {
      await answer(store);
      await beginDelivery(store);

      expect(await receive(store, ECHO)).toMatchObject({ reason: 'echo_recent_outbound' });
      expect(await receive(store, ECHO)).toMatchObject({ reason: 'echo_recent_outbound' });
    });
  });
}
