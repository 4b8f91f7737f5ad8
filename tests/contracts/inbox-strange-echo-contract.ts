import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Delivery } from '../../src/domain/delivery.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  answer,
  beginDelivery,
  receive,
} from '../support/store-under-test.ts';

const REPLY = 'O curso custa R$ 350,00.';
const ECHO = { fromMe: true, id: 'ECHO-1', text: REPLY } as const;
const SILENCE = { kind: 'unknown', reason: 'time-out' } as const;

/** The reply left twice without a clear answer, or is about to leave for the second time. */
async function sendWithoutConfirmation(store: StoreUnderTest): Promise<Delivery> {
  const delivery = await beginDelivery(store);
  await store.outbox.settle(delivery, SILENCE);
  store.clock.advance(15_000);
  return delivery;
}

/** Our own echo must never pass for a person who takes the conversation over. */
export function inboxStrangeEchoContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the inbox contract for strange echoes`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
      await answer(store);
    });
    afterEach(() => store.close());

    const isPaused = async (): Promise<boolean> =>
      'pause' in ((await store.conversations.summaries())[0] ?? {});

    it('knows an echo that overtakes the response', async () => {
      const delivery = await beginDelivery(store);

      await receive(store, ECHO);
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'ECHO-1' });
      await receive(store, ECHO);

      expect(await isPaused()).toBe(false);
    });

    it('knows the echo of each of several parts, in any order', async () => {
      await store.outbox.settle(await beginDelivery(store), { kind: 'sent', gatewayId: 'A' });
      await answer(store, { id: 'MSG-2', text: 'E os horários?' }, { parts: ['Manhã', 'Noite'] });
      await store.outbox.settle(await beginDelivery(store), { kind: 'sent', gatewayId: 'B' });
      await beginDelivery(store);

      await receive(store, { ...ECHO, id: 'C', text: 'Noite' });
      await receive(store, { ...ECHO, id: 'B', text: 'Manhã' });
      await receive(store, { ...ECHO, id: 'A' });

      expect(await isPaused()).toBe(false);
    });

    it('knows an echo whose words were changed on the way, even before the response', async () => {
      const delivery = await beginDelivery(store);

      await receive(store, { ...ECHO, text: 'O curso custa 350 reais.' });
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'ECHO-1' });

      expect(await isPaused()).toBe(false);
      expect(await store.conversations.history(1 as never, 9)).toHaveLength(2);
    });

    it('knows such an echo by the late response of an attempt that another has followed', async () => {
      const delivery = await beginDelivery(store);
      store.clock.advance(60_000);
      await beginDelivery(store);

      await receive(store, { ...ECHO, text: 'O curso custa 350 reais.' });
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'ECHO-1' });
      store.clock.advance(12_000);
      await store.outbox.claimDeliveries(1);

      expect(await isPaused()).toBe(false);
    });

    it.each<[string, (delivery: Delivery) => Promise<unknown>]>([
      [
        'was confirmed',
        (delivery) => store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'OUT-1' }),
      ],
      ['failed', (delivery) => store.outbox.settle(delivery, SILENCE)],
      ['had its echo', () => receive(store, ECHO)],
      [
        'lost its process',
        () => {
          store.clock.advance(12_000);
          return store.outbox.claimDeliveries(1);
        },
      ],
    ])('knows what a person typed meanwhile as soon as the send %s', async (_how, endSend) => {
      const delivery = await beginDelivery(store);
      const at = store.clock.now();
      await receive(store, { fromMe: true, id: 'OWN-1', text: 'Faço por 300!' });
      const before = await isPaused();

      await endSend(delivery);

      expect(before).toBe(false);
      expect(await isPaused()).toBe(true);
      expect(await store.conversations.history(1 as never, 9)).toContainEqual({
        author: 'person',
        kind: 'text',
        text: 'Faço por 300!',
        at,
      });
    });

    it('knows an echo whose id is not that of the response', async () => {
      const delivery = await beginDelivery(store);
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'RESPONSE-1' });

      const reception = await receive(store, ECHO);

      expect(reception).toMatchObject({ reason: 'own_message' });
      expect(await isPaused()).toBe(false);
      expect(await store.conversations.history(1 as never, 9)).toHaveLength(2);
    });

    it('knows an echo that comes when the reply is about to be sent again', async () => {
      await sendWithoutConfirmation(store);

      await receive(store, ECHO);

      expect(await isPaused()).toBe(false);
    });

    it('knows the echo of the first send when the second was confirmed', async () => {
      await sendWithoutConfirmation(store);
      const again = await beginDelivery(store);
      await store.outbox.settle(again, { kind: 'sent', gatewayId: 'AGAIN-1' });

      await receive(store, { ...ECHO, id: 'AGAIN-1' });
      await receive(store, ECHO);

      expect(await isPaused()).toBe(false);
    });

    it('knows the echoes of a reply that is held', async () => {
      await sendWithoutConfirmation(store);
      const { id } = await sendWithoutConfirmation(store);
      await store.outbox.claimDeliveries(1);

      await receive(store, ECHO);
      await receive(store, { ...ECHO, id: 'ECHO-2' });

      expect(await store.outbox.find(id)).toMatchObject({ state: 'sent' });
      expect(await isPaused()).toBe(false);
    });

    it('takes the same words for typed by a person once every send has had its echo', async () => {
      const delivery = await beginDelivery(store);
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'ECHO-1' });
      await receive(store, ECHO);

      await receive(store, { ...ECHO, id: 'OWN-1' });

      expect(await isPaused()).toBe(true);
    });

    it('takes the same words for typed by a person ten minutes after the send', async () => {
      const delivery = await beginDelivery(store);
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'RESPONSE-1' });
      store.clock.advance(600_000);

      await receive(store, ECHO);

      expect(await isPaused()).toBe(true);
    });

    it('takes the words of a refused reply for typed by a person', async () => {
      const delivery = await beginDelivery(store);
      await store.outbox.settle(delivery, { kind: 'rejected', reason: 'HTTP 400' });

      await receive(store, ECHO);

      expect(await isPaused()).toBe(true);
    });
  });
}
