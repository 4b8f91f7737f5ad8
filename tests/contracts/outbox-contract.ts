import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Jid } from '../../src/domain/contact.ts';
import { type OutboxId } from '../../src/domain/delivery.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  answer,
  beginDelivery,
  receive,
} from '../support/store-under-test.ts';

const TYPED = { phone: '558388887777@s.whatsapp.net' as Jid };
const UNKNOWN_REPLY = 999 as OutboxId;

/** What every outbox must do with replies, whatever becomes of their delivery. */
export function outboxContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the outbox contract`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('has nothing to deliver at first', async () => {
      expect(await store.outbox.claimDeliveries(9)).toEqual([]);
      expect(await store.outbox.nextDeliveryInMs()).toBeUndefined();
      expect(await store.outbox.depth()).toBe(0);
      expect(await store.outbox.find(UNKNOWN_REPLY)).toBeUndefined();
    });

    it('begins a delivery once, however many ask at once', async () => {
      await answer(store);

      const claims = await Promise.all(
        Array.from({ length: 8 }, () => store.outbox.claimDeliveries(9)),
      );

      expect(claims.flat()).toEqual([
        {
          id: 1,
          contactId: 1,
          to: '5583988887777@s.whatsapp.net',
          text: 'O curso custa R$ 350,00.',
          attempt: 1,
          resends: 0,
        },
      ]);
      expect(await store.outbox.find(1 as OutboxId)).toEqual({ id: 1, state: 'sending' });
    });

    it('begins the next part when the one before has ended', async () => {
      await answer(store, {}, { parts: ['Um', 'Dois'] });
      const first = await beginDelivery(store);
      const meanwhile = await store.outbox.claimDeliveries(9);
      await store.outbox.settle(first, { kind: 'sent', gatewayId: 'OUT-1' });

      expect(meanwhile).toEqual([]);
      expect(await store.outbox.nextDeliveryInMs()).toBe(0);
      expect(await beginDelivery(store)).toMatchObject({ text: 'Dois' });
    });

    it('delivers to several contacts at once, as many as asked for', async () => {
      for (const digit of [1, 2, 3]) {
        const identity = { phone: `558398888777${digit}@s.whatsapp.net` as Jid };
        await answer(store, { id: `MSG-${digit}`, identity });
      }

      expect(await store.outbox.claimDeliveries(2)).toHaveLength(2);
      expect(await store.outbox.claimDeliveries(2)).toHaveLength(1);
    });

    it('ends a reply that was sent', async () => {
      await answer(store);
      const delivery = await beginDelivery(store);

      const state = await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'OUT-1' });

      expect(state).toBe('sent');
      expect(await store.outbox.depth()).toBe(0);
      expect(await store.outbox.nextDeliveryInMs()).toBeUndefined();
    });

    it('tries a reply that was not sent again, later each time', async () => {
      await answer(store);
      const outcome = { kind: 'not_sent', reason: 'connection refused' } as const;

      const first = await store.outbox.settle(await beginDelivery(store), outcome);
      const firstWait = await store.outbox.nextDeliveryInMs();
      store.clock.advance(1_000);
      await store.outbox.settle(await beginDelivery(store), outcome);

      expect(first).toBe('pending');
      expect(firstWait).toBe(1_000);
      expect(await store.outbox.nextDeliveryInMs()).toBe(2_000);
      expect(await store.outbox.find(1 as OutboxId)).toEqual({
        id: 1,
        state: 'pending',
        lastError: 'connection refused',
      });
    });

    it('waits as long as the gateway asks for', async () => {
      await answer(store);
      const delivery = await beginDelivery(store);

      await store.outbox.settle(delivery, {
        kind: 'not_sent',
        reason: 'HTTP 429',
        retryAfterMs: 7_000,
      });

      expect(await store.outbox.nextDeliveryInMs()).toBe(7_000);
    });

    it('fails a reply that could not be sent for a day, and flags the contact', async () => {
      await answer(store);
      store.clock.advance(86_400_000);
      const delivery = await beginDelivery(store);

      const state = await store.outbox.settle(delivery, { kind: 'not_sent', reason: 'DNS' });

      expect(state).toBe('failed');
      expect(await store.conversations.summaries()).toMatchObject([
        { person: { reason: 'resposta não entregue: DNS', since: store.clock.now() } },
      ]);
    });

    it('fails a reply that was rejected, and goes on with the next part', async () => {
      await answer(store, {}, { parts: ['Um', 'Dois'] });
      const delivery = await beginDelivery(store);

      const state = await store.outbox.settle(delivery, { kind: 'rejected', reason: 'HTTP 400' });

      expect(state).toBe('failed');
      expect(await store.conversations.summaries()).toMatchObject([
        { person: { reason: 'resposta não entregue: HTTP 400' } },
      ]);
      expect(await beginDelivery(store)).toMatchObject({ text: 'Dois' });
    });

    it('delivers a manual message, which stands in the history as a person wrote it', async () => {
      const ids = await store.outbox.enqueue({ identity: TYPED, parts: ['Oi!', 'Tudo bem?'] });

      expect(ids).toEqual([1, 2]);
      expect(await beginDelivery(store)).toMatchObject({ to: TYPED.phone, text: 'Oi!' });
      expect(await store.conversations.history(1 as never, 9)).toMatchObject([
        { author: 'person', text: 'Oi!\nTudo bem?' },
      ]);
    });

    it('does not let a contact wait for a person any more once one has sent a message', async () => {
      await answer(store, {}, { flag: 'a IA falhou' });

      await store.outbox.enqueue({ identity: TYPED, parts: ['Já resolvi!'] });

      const [summary] = await store.conversations.summaries();
      expect(summary).toMatchObject({ contactId: 1 });
      expect(summary).not.toHaveProperty('person');
    });

    it('sends a manual message to the number as WhatsApp spells it', async () => {
      await receive(store);

      await store.outbox.enqueue({ identity: TYPED, parts: ['Oi!'] });

      expect(await beginDelivery(store)).toMatchObject({
        contactId: 1,
        to: '5583988887777@s.whatsapp.net',
      });
    });

    it('knows whether an attempt is still the one that counts, and may begin its send', async () => {
      await store.outbox.enqueue({ identity: TYPED, parts: ['Oi!'] });
      const delivery = await beginDelivery(store);
      store.clock.advance(1_500);
      const before = await store.outbox.standing(delivery);
      store.clock.advance(1);
      const later = await store.outbox.standing(delivery);
      store.clock.advance(10_499);
      await store.outbox.claimDeliveries(9);
      const given = { ...delivery, id: UNKNOWN_REPLY };

      expect([before, later]).toEqual(['current', 'late']);
      expect(await store.outbox.standing(delivery)).toBe('outdated');
      expect(await store.outbox.standing(given)).toBe('outdated');
    });

    it('waits by itself when the gateway asks for no patience at all', async () => {
      await store.outbox.enqueue({ identity: TYPED, parts: ['Oi!'] });

      await store.outbox.settle(await beginDelivery(store), {
        kind: 'not_sent',
        reason: 'HTTP 429',
        retryAfterMs: 0,
      });

      expect(await store.outbox.nextDeliveryInMs()).toBe(1_000);
    });

    it('takes back what waits, and the history with it', async () => {
      const ids = await store.outbox.enqueue({ identity: TYPED, parts: ['Oi!', 'Tudo bem?'] });

      expect(await store.outbox.cancel(ids)).toBe(true);
      expect(await store.outbox.claimDeliveries(9)).toEqual([]);
      expect(await store.outbox.depth()).toBe(0);
      expect(await store.conversations.history(1 as never, 9)).toEqual([]);
      expect(await store.outbox.find(1 as OutboxId)).toMatchObject({ state: 'cancelled' });
    });

    it('does not take back what has begun, and keeps that in the history', async () => {
      const ids = await store.outbox.enqueue({ identity: TYPED, parts: ['Oi!', 'Tudo bem?'] });
      const delivery = await beginDelivery(store);

      expect(await store.outbox.cancel(ids)).toBe(false);
      expect(await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'OUT-1' })).toBe(
        'sent',
      );
      expect(await store.outbox.claimDeliveries(9)).toEqual([]);
      expect(await store.conversations.history(1 as never, 9)).toMatchObject([{ text: 'Oi!' }]);
    });
  });
}
