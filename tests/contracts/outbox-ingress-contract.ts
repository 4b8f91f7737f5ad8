import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type IngressBeats } from '../../src/domain/echo-evidence.ts';
import {
  type StoreUnderTest,
  answer,
  beginDelivery,
  receive,
} from '../support/store-under-test.ts';

/** A store and a way to say what the processes that serve would have left in it. */
export interface StoreWithBeats extends StoreUnderTest {
  readonly setIngress: (beats: IngressBeats) => Promise<void>;
}

const REPLY = 'O curso custa R$ 350,00.';

/** What every outbox must make of the times at which nobody took webhooks. */
export function outboxIngressContract(
  storeName: string,
  openEmpty: () => Promise<StoreWithBeats>,
): void {
  describe(`${storeName} keeps the outbox contract for gaps in the ingress`, () => {
    let store: StoreWithBeats;

    beforeEach(async () => {
      store = await openEmpty();
      await answer(store, {}, { parts: [REPLY] });
    });
    afterEach(() => store.close());

    /** Sends, hears nothing, and lets the first window pass, with the last beat so long ago. */
    async function sendInVain(beats: { lastBeatMs: number; gapEndedMs?: number }): Promise<void> {
      const delivery = await beginDelivery(store);
      await store.outbox.settle(delivery, { kind: 'unknown', reason: 'time-out' });
      store.clock.advance(15_000);
      const { lastBeatMs, gapEndedMs } = beats;
      const now = store.clock.now();
      await store.setIngress({
        at: now - lastBeatMs,
        ...(gapEndedMs === undefined ? {} : { gapEndedAt: now - gapEndedMs }),
      });
    }

    it('takes silence for what it is while webhooks were taken all the time', async () => {
      await sendInVain({ lastBeatMs: 1_000, gapEndedMs: 15_000 });

      expect(await store.outbox.claimDeliveries(1)).toMatchObject([{ attempt: 2 }]);
    });

    it('gives the echo its time anew after a gap', async () => {
      await sendInVain({ lastBeatMs: 1_000, gapEndedMs: 6_000 });

      expect(await store.outbox.claimDeliveries(1)).toEqual([]);
      expect(await store.outbox.nextDeliveryInMs()).toBe(9_000);
    });

    it('decides nothing while nobody takes webhooks', async () => {
      await sendInVain({ lastBeatMs: 3_001 });
      const atOnce = await store.outbox.claimDeliveries(1);
      const wait = await store.outbox.nextDeliveryInMs();
      store.clock.advance(3_600_000);

      expect(atOnce).toEqual([]);
      expect(wait).toBe(3_000);
      expect(await store.outbox.claimDeliveries(1)).toEqual([]);
      expect(await store.outbox.find(1 as never)).toMatchObject({ state: 'unknown' });
    });

    it('learns no delay in which a gap fell', async () => {
      const delivery = await beginDelivery(store);
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'OUT-1' });
      store.clock.advance(14_000);
      const now = store.clock.now();
      await store.setIngress({ at: now, gapEndedAt: now });

      await receive(store, { fromMe: true, id: 'OUT-1', text: REPLY });

      expect(await store.outbox.figures()).toMatchObject({ echoWindowMs: 15_000 });
    });
  });
}
