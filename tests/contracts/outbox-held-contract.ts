import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Delivery } from '../../src/domain/delivery.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  answer,
  beginDelivery,
  proveEchoes,
  receive,
} from '../support/store-under-test.ts';

const TIMED_OUT = { kind: 'unknown', reason: 'time-out' } as const;
const ECHO = { fromMe: true, id: 'ECHO-1', text: 'Um' } as const;

/** What every outbox must do where the owner would rather decide than have anything sent twice. */
export function outboxHeldContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the outbox contract with SEND_UNKNOWN=hold`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty({ sendUnknown: 'hold' });
    });
    afterEach(() => store.close());

    /** Sends the first part, hears nothing, and lets the time for its echo pass. */
    async function sendInVain(parts = ['Um', 'Dois']): Promise<Delivery> {
      await answer(store, {}, { parts });
      const delivery = await beginDelivery(store);
      await store.outbox.settle(delivery, TIMED_OUT);
      store.clock.advance(15_000);
      return delivery;
    }

    it('holds an unconfirmed reply while silence proves nothing, and goes on with the next', async () => {
      const { id } = await sendInVain();

      const next = await store.outbox.claimDeliveries(9);

      expect(next).toMatchObject([{ text: 'Dois' }]);
      expect(await store.outbox.find(id)).toMatchObject({ state: 'held' });
      expect(await store.outbox.depth()).toBe(1);
      expect(await store.conversations.summaries()).toMatchObject([
        { person: { reason: 'não se sabe se a resposta chegou: confira na conversa' } },
      ]);
    });

    it('sends it again where every send has been echoed', async () => {
      await proveEchoes(store);
      const { id } = await sendInVain();

      expect(await store.outbox.claimDeliveries(9)).toMatchObject([{ id, attempt: 2, resends: 1 }]);
    });

    it('sends it a third time where two processes died while sending it', async () => {
      await proveEchoes(store);
      await answer(store, {}, { parts: ['Um'] });
      const { id } = await beginDelivery(store);
      store.clock.advance(15_000);
      await store.outbox.claimDeliveries(9);
      store.clock.advance(15_000);

      expect(await store.outbox.claimDeliveries(9)).toMatchObject([{ id, attempt: 3, resends: 2 }]);
    });

    it('holds it after a second unclear answer, however well echoes come', async () => {
      await proveEchoes(store);
      await sendInVain();
      const again = await beginDelivery(store);
      await store.outbox.settle(again, TIMED_OUT);
      store.clock.advance(15_000);
      await store.outbox.claimDeliveries(9);

      expect(await store.outbox.find(again.id)).toMatchObject({ state: 'held' });
    });

    it('never begins a held reply by itself', async () => {
      await sendInVain();
      const next = await beginDelivery(store);
      await store.outbox.settle(next, { kind: 'sent', gatewayId: 'OUT-2' });
      store.clock.advance(86_400_000);

      expect(await store.outbox.claimDeliveries(9)).toEqual([]);
      expect(await store.outbox.nextDeliveryInMs()).toBeUndefined();
    });

    it('settles a held reply by an echo that comes later', async () => {
      const { id } = await sendInVain();
      await store.outbox.claimDeliveries(9);
      store.clock.advance(500_000);

      await receive(store, ECHO);

      expect(await store.outbox.find(id)).toEqual({ id, state: 'sent' });
      expect((await store.conversations.summaries())[0]).not.toHaveProperty('pause');
    });

    it('knows the echo of a held reply for as long as any, though the send was long ago', async () => {
      await answer(store, {}, { parts: ['Um'] });
      const { id } = await beginDelivery(store);
      store.clock.advance(3_600_000);
      await store.outbox.claimDeliveries(9);
      store.clock.advance(599_999);

      await receive(store, ECHO);

      expect(await store.outbox.find(id)).toMatchObject({ state: 'sent' });
    });

    it('takes the words of a held reply for typed by a person ten minutes later', async () => {
      const { id } = await sendInVain(['Um']);
      await store.outbox.claimDeliveries(9);
      store.clock.advance(600_000);

      await receive(store, ECHO);

      expect(await store.outbox.find(id)).toMatchObject({ state: 'held' });
      expect((await store.conversations.summaries())[0]).toHaveProperty('pause');
    });

    it('settles a held reply by a response that comes later, and by nothing else', async () => {
      const delivery = await sendInVain();
      await store.outbox.claimDeliveries(9);

      const refused = { kind: 'not_sent', reason: 'refused' } as const;
      expect(await store.outbox.settle(delivery, refused)).toBe('held');
      expect(await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'OUT-1' })).toBe(
        'sent',
      );
    });

    it('does not take a held reply back', async () => {
      const { id } = await sendInVain();
      await store.outbox.claimDeliveries(9);

      expect(await store.outbox.cancel([id])).toBe(false);
      expect(await store.outbox.find(id)).toMatchObject({ state: 'held' });
    });

    it('holds nothing for a person who has taken the conversation over', async () => {
      const { id } = await sendInVain();
      await receive(store, { fromMe: true, id: 'OWN-1', text: 'Pode vir hoje!' });

      const next = await store.outbox.claimDeliveries(9);

      expect(next).toEqual([]);
      expect(await store.outbox.find(id)).toMatchObject({ state: 'cancelled' });
      expect((await store.conversations.summaries())[0]).not.toHaveProperty('person');
    });
  });
}
