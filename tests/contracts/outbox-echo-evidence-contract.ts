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
const REPLY = 'O curso custa R$ 350,00.';

/** What every outbox must learn from echoes, and tell of its sends. */
export function outboxEchoEvidenceContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the outbox contract for what echoes teach`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    const windowMs = async (): Promise<number> => (await store.outbox.figures()).echoWindowMs;

    /** Begins the reply to a new message of the contact. */
    async function begin(id = 'MSG-9'): Promise<Delivery> {
      await answer(store, { id, text: `Quanto custa? ${id}` }, { parts: [REPLY] });
      return beginDelivery(store);
    }

    async function echoAfter(ms: number, id: string): Promise<void> {
      store.clock.advance(ms);
      await receive(store, { fromMe: true, id, text: REPLY });
    }

    it('tells of an empty outbox', async () => {
      expect(await store.outbox.figures()).toEqual({
        replies: { pending: 0, sending: 0, unknown: 0, held: 0 },
        settled: { response: 0, echo: 0, resent: 0, held: 0, failed: 0 },
        duplicates: 0,
        echoWindowMs: 15_000,
      });
    });

    it('waits for as long as echoes have been seen to take', async () => {
      await proveEchoes(store, { count: 20, delayMs: 4_000 });
      const delivery = await begin();
      await store.outbox.settle(delivery, TIMED_OUT);

      expect(await windowMs()).toBe(12_000);
      expect(await store.outbox.nextDeliveryInMs()).toBe(12_000);
    });

    it('tells how late the last fifty echoes came', async () => {
      await proveEchoes(store, { count: 30, delayMs: 9_000 });
      await proveEchoes(store, { count: 49, delayMs: 400 });
      await proveEchoes(store, { count: 1, delayMs: 7_000 });

      const { echoDelays } = await store.outbox.figures();

      expect(echoDelays).toEqual({ medianMs: 400, p99Ms: 7_000 });
    });

    it('waits 10 s at least and 60 s at most', async () => {
      await proveEchoes(store, { count: 20, delayMs: 100 });
      const fast = await windowMs();
      await proveEchoes(store, { count: 1, delayMs: 40_000 });

      expect(fast).toBe(10_000);
      expect(await windowMs()).toBe(60_000);
    });

    it('forgets a slow echo fifty echoes later', async () => {
      await proveEchoes(store, { count: 1, delayMs: 8_000 });
      const slow = await windowMs();
      await proveEchoes(store, { count: 50, delayMs: 100 });

      expect(slow).toBe(24_000);
      expect(await windowMs()).toBe(10_000);
    });

    it('learns from the echo of a reply that was settled by it', async () => {
      await store.outbox.settle(await begin(), TIMED_OUT);
      await echoAfter(7_000, 'ECHO-1');

      expect(await windowMs()).toBe(21_000);
    });

    it('learns from an echo that came after the reply was sent again', async () => {
      await store.outbox.settle(await begin(), TIMED_OUT);
      store.clock.advance(15_000);
      const again = await beginDelivery(store);
      await store.outbox.settle(again, { kind: 'sent', gatewayId: 'OUT-2' });
      await echoAfter(1_000, 'OUT-2');
      const before = await windowMs();
      await echoAfter(2_000, 'ECHO-1');

      expect(before).toBe(15_000);
      expect(await windowMs()).toBe(54_000);
    });

    it('lets a late echo lengthen the wait of sends that are unconfirmed already', async () => {
      const identity = { phone: '5583977776666@s.whatsapp.net' as never };
      await store.outbox.settle(await begin(), { kind: 'sent', gatewayId: 'OUT-1' });
      await answer(store, { id: 'B', identity }, { parts: ['Outra'] });
      await store.outbox.settle(await beginDelivery(store), TIMED_OUT);

      await echoAfter(1_000, 'OUT-1');
      store.clock.advance(14_000);

      expect(await store.outbox.claimDeliveries(9)).toEqual([]);
      expect(await store.outbox.nextDeliveryInMs()).toBe(33_000);
    });

    it('learns nothing from an echo that is delivered again', async () => {
      await store.outbox.settle(await begin(), { kind: 'sent', gatewayId: 'OUT-1' });
      await echoAfter(1_000, 'OUT-1');
      await echoAfter(30_000, 'OUT-1');

      expect(await windowMs()).toBe(15_000);
    });

    it('knows which share of the confirmed sends was echoed, once enough are old enough', async () => {
      await proveEchoes(store, { count: 19 });
      await store.outbox.settle(await begin(), { kind: 'sent', gatewayId: 'OUT-1' });
      const tooSoon = await store.outbox.figures();
      store.clock.advance(15_000);

      expect(tooSoon).not.toHaveProperty('echoCoverage');
      expect(await store.outbox.figures()).toMatchObject({ echoCoverage: 0.95 });
    });

    it('counts a send as confirmed though its echo overtook the response', async () => {
      await proveEchoes(store, { count: 19 });
      const delivery = await begin();
      await echoAfter(100, 'OUT-1');
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'OUT-1' });
      store.clock.advance(15_000);

      expect(await store.outbox.figures()).toMatchObject({ echoCoverage: 1 });
    });

    it('counts how sends were settled', async () => {
      await store.outbox.settle(await begin('A'), { kind: 'sent', gatewayId: 'OUT-1' });
      await store.outbox.settle(await begin('B'), { kind: 'rejected', reason: 'HTTP 400' });
      const unconfirmed = await begin('C');
      await store.outbox.settle(unconfirmed, TIMED_OUT);
      store.clock.advance(15_000);
      await store.outbox.settle(await beginDelivery(store), TIMED_OUT);
      store.clock.advance(15_000);
      await store.outbox.claimDeliveries(9);
      const { replies, settled } = await store.outbox.figures();
      await echoAfter(1_000, 'ECHO-1');
      await echoAfter(1_000, 'ECHO-2');

      expect(replies).toMatchObject({ held: 1 });
      expect(settled).toEqual({ response: 1, echo: 0, resent: 1, held: 1, failed: 1 });
      expect(await store.outbox.figures()).toMatchObject({
        replies: { held: 0 },
        settled: { response: 1, echo: 1, resent: 1, held: 1, failed: 1 },
      });
    });

    it('tells how many replies are open, and since when the oldest is', async () => {
      await answer(store, {}, { parts: ['Um', 'Dois'] });
      store.clock.advance(2_000);
      const delivery = await beginDelivery(store);
      const sending = await store.outbox.figures();
      await store.outbox.settle(delivery, TIMED_OUT);
      store.clock.advance(3_000);

      expect(sending).toMatchObject({ replies: { pending: 1, sending: 1 }, oldestOpenMs: 2_000 });
      expect(await store.outbox.figures()).toMatchObject({
        replies: { pending: 1, sending: 0, unknown: 1 },
        oldestOpenMs: 5_000,
      });
    });

    it('takes the id in the response for better than that of an echo before it', async () => {
      const delivery = await begin();
      await echoAfter(1_000, 'ECHO-1');
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'OUT-1' });
      await echoAfter(1_000, 'OUT-1');

      expect(await store.outbox.figures()).toMatchObject({ settled: { echo: 1 }, duplicates: 0 });
      expect((await store.conversations.summaries())[0]).not.toHaveProperty('pause');
    });

    it('counts a copy when both sends turn out to have arrived', async () => {
      const first = await begin();
      await store.outbox.settle(first, TIMED_OUT);
      store.clock.advance(15_000);
      const again = await beginDelivery(store);
      await store.outbox.settle(again, { kind: 'sent', gatewayId: 'OUT-2' });
      await echoAfter(1_000, 'OUT-2');
      const before = await store.outbox.figures();
      await store.outbox.settle(first, { kind: 'sent', gatewayId: 'OUT-1' });
      await store.outbox.settle(first, { kind: 'sent', gatewayId: 'OUT-1' });
      await echoAfter(1_000, 'OUT-1');

      expect(before).toMatchObject({ duplicates: 0 });
      expect(await store.outbox.figures()).toMatchObject({ duplicates: 1 });
      expect((await store.conversations.summaries())[0]).not.toHaveProperty('pause');
    });

    it('counts a copy by its echoes alone', async () => {
      await store.outbox.settle(await begin(), TIMED_OUT);
      store.clock.advance(15_000);
      await store.outbox.settle(await beginDelivery(store), TIMED_OUT);
      await echoAfter(1_000, 'ECHO-1');
      await echoAfter(1_000, 'ECHO-2');

      expect(await store.outbox.figures()).toMatchObject({ duplicates: 1 });
    });
  });
}
