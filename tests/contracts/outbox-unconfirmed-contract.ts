import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Jid } from '../../src/domain/contact.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  answer,
  beginDelivery,
} from '../support/store-under-test.ts';

const TIMED_OUT = { kind: 'unknown', reason: 'time-out' } as const;
const REFUSED = { kind: 'blocked', reason: 'HTTP 401' } as const;
const SENT = { kind: 'sent', gatewayId: 'OUT-1' } as const;

/** What every outbox must do when it is not known what became of a send, or nothing may be sent. */
export function outboxUnconfirmedContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the outbox contract for unconfirmed sends`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
      await answer(store, {}, { parts: ['Um', 'Dois'] });
    });
    afterEach(() => store.close());

    it('waits for the echo before it sends again, once', async () => {
      const first = await beginDelivery(store);
      const state = await store.outbox.settle(first, TIMED_OUT);
      store.clock.advance(14_999);
      const tooSoon = await store.outbox.claimDeliveries(9);
      const wait = await store.outbox.nextDeliveryInMs();
      store.clock.advance(1);

      expect(state).toBe('unknown');
      expect(tooSoon).toEqual([]);
      expect(wait).toBe(1);
      expect(await beginDelivery(store)).toMatchObject({ id: first.id, attempt: 2 });
    });

    it('holds a reply that stays unconfirmed after it was sent again, and flags the contact', async () => {
      for (let attempt = 1; attempt <= 2; attempt += 1) {
        await store.outbox.settle(await beginDelivery(store), TIMED_OUT);
        store.clock.advance(15_000);
      }

      const next = await beginDelivery(store);

      expect(next).toMatchObject({ text: 'Dois' });
      expect(await store.outbox.find(1 as never)).toEqual({
        id: 1,
        state: 'held',
        lastError: 'envio sem confirmação',
      });
      expect(await store.conversations.summaries()).toMatchObject([
        { person: { reason: 'não se sabe se a resposta chegou: confira na conversa' } },
      ]);
    });

    it('does not take back a reply that may have left once', async () => {
      await store.outbox.settle(await beginDelivery(store), TIMED_OUT);
      store.clock.advance(15_000);
      const second = await beginDelivery(store);
      await store.outbox.settle(second, { kind: 'not_sent', reason: 'refused' });

      expect(await store.outbox.cancel([second.id])).toBe(false);
      expect(await store.outbox.find(second.id)).toMatchObject({ state: 'pending' });
    });

    it('takes a send whose process died for unconfirmed', async () => {
      const first = await beginDelivery(store);
      store.clock.advance(12_000);
      await store.outbox.claimDeliveries(9);
      const state = await store.outbox.find(first.id);
      store.clock.advance(3_000);

      expect(state).toMatchObject({ state: 'unknown' });
      expect(await beginDelivery(store)).toMatchObject({ id: first.id, attempt: 2 });
    });

    it('is due again when the process that sends should have ended', async () => {
      await beginDelivery(store);

      expect(await store.outbox.nextDeliveryInMs()).toBe(12_000);
    });

    it('believes a late response of an attempt that counted as unconfirmed', async () => {
      const first = await beginDelivery(store);
      store.clock.advance(12_000);
      await store.outbox.claimDeliveries(9);

      expect(await store.outbox.settle(first, SENT)).toBe('sent');
      expect(await beginDelivery(store)).toMatchObject({ text: 'Dois' });
    });

    it('believes a late refusal of an attempt that counted as unconfirmed', async () => {
      const first = await beginDelivery(store);
      store.clock.advance(12_000);
      await store.outbox.claimDeliveries(9);

      const state = await store.outbox.settle(first, { kind: 'not_sent', reason: 'refused' });

      expect(state).toBe('pending');
    });

    it('changes nothing for a refused attempt that was followed by another', async () => {
      const first = await beginDelivery(store);
      await store.outbox.settle(first, TIMED_OUT);
      store.clock.advance(15_000);
      await beginDelivery(store);

      expect(await store.outbox.settle(first, { kind: 'rejected', reason: 'x' })).toBe('sending');
    });

    it('believes the late response of an attempt that was followed by another', async () => {
      const first = await beginDelivery(store);
      await store.outbox.settle(first, TIMED_OUT);
      store.clock.advance(15_000);
      const second = await beginDelivery(store);

      expect(await store.outbox.settle(first, SENT)).toBe('sent');
      expect(await store.outbox.standing(second)).toBe('outdated');
      expect(await store.outbox.settle(second, TIMED_OUT)).toBe('sent');
    });

    it('takes an attempt once', async () => {
      const first = await beginDelivery(store);
      await store.outbox.settle(first, SENT);

      expect(await store.outbox.settle(first, { kind: 'rejected', reason: 'x' })).toBe('sent');
    });
  });

  describe(`${storeName} keeps the outbox contract for a refused instance`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
      for (const digit of [1, 2, 3]) {
        const identity = { phone: `558398888777${digit}@s.whatsapp.net` as Jid };
        await answer(store, { id: `MSG-${digit}`, identity });
      }
    });
    afterEach(() => store.close());

    it('sends nothing while the pause lasts, and fails nothing', async () => {
      const state = await store.outbox.settle(await beginDelivery(store), REFUSED);
      store.clock.advance(59_999);

      expect(state).toBe('pending');
      expect(await store.outbox.claimDeliveries(9)).toEqual([]);
      expect(await store.outbox.nextDeliveryInMs()).toBe(1);
      expect(await store.instances.state()).toEqual({ pauseReason: 'HTTP 401' });
      expect(await store.outbox.depth()).toBe(3);
    });

    it('sends one reply as a probe each time the pause has passed', async () => {
      await store.outbox.settle(await beginDelivery(store), REFUSED);
      store.clock.advance(60_000);

      const probes = await store.outbox.claimDeliveries(9);
      const meanwhile = await store.outbox.claimDeliveries(9);

      expect(probes).toHaveLength(1);
      expect(meanwhile).toEqual([]);
    });

    it('sends everything again once a probe has arrived', async () => {
      await store.outbox.settle(await beginDelivery(store), REFUSED);
      store.clock.advance(60_000);
      await store.outbox.settle(await beginDelivery(store), SENT);

      expect(await store.instances.state()).toEqual({});
      expect(await store.outbox.claimDeliveries(9)).toHaveLength(2);
    });

    it('stays paused when the probe is refused too', async () => {
      await store.outbox.settle(await beginDelivery(store), REFUSED);
      store.clock.advance(60_000);
      await store.outbox.settle(await beginDelivery(store), REFUSED);

      expect(await store.outbox.claimDeliveries(9)).toEqual([]);
      expect(await store.outbox.nextDeliveryInMs()).toBe(60_000);
    });
  });
}
