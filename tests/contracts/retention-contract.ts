import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type ErasedCounts } from '../../src/application/ports/outbound/retention.ts';
import { type ContactId, type Jid } from '../../src/domain/contact.ts';
import { type DeliveryState } from '../../src/domain/delivery.ts';
import { retentionAges } from '../../src/domain/retention.ts';
import { purgeAll } from '../support/purge-all.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  answer,
  beginDelivery,
  receive,
} from '../support/store-under-test.ts';

const ANA = 1 as ContactId;
const BIA = { phone: '5583911112222@s.whatsapp.net' as Jid };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAY = retentionAges(DAY_MS);

/** Asks, is answered, and gets the answer; its echo comes too. */
async function converse(store: StoreUnderTest, id: string): Promise<void> {
  await answer(store, { id, text: `pergunta ${id}` }, { parts: [`resposta ${id}`] });
  const delivery = await beginDelivery(store);
  await store.outbox.settle(delivery, { kind: 'sent', gatewayId: `OUT-${id}` });
  await receive(store, { id: `OUT-${id}`, fromMe: true, text: `resposta ${id}` });
}

/** Leaves one reply refused for good. */
async function fail(store: StoreUnderTest): Promise<DeliveryState> {
  await answer(store, {}, { parts: ['resposta'] });
  const delivery = await beginDelivery(store);
  return store.outbox.settle(delivery, { kind: 'rejected', reason: 'número inválido' });
}

/** What every store must do with what is old. */
export function retentionContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the retention contract`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('erases nothing that is young, and finds nothing in an empty store', async () => {
      expect(await purgeAll(store)).toEqual({});

      await converse(store, 'A');
      store.clock.advance(HOUR_MS);

      expect(await purgeAll(store)).toEqual({});
      expect(await store.conversations.history(ANA, 9)).toHaveLength(2);
    });

    it('erases each kind at its age and not before', async () => {
      await converse(store, 'A');
      const steps: ErasedCounts[] = [];
      for (const hours of [48, 7 * 24, 90 * 24]) {
        const start = 1_700_000_015_000;
        store.clock.advance(start + hours * HOUR_MS - 16_000 - store.clock.now());
        const before = await purgeAll(store);
        store.clock.advance(16_000);
        steps.push(before, await purgeAll(store));
      }

      expect(steps).toEqual([
        {},
        { echoes: 1 },
        {},
        { rawBodies: 1 },
        {},
        { history: 2, replies: 1, messages: 1, turns: 1 },
      ]);
    });

    it('forgets dedup keys whose time has passed', async () => {
      await store.dedup.remember('short', 1_000);
      await store.dedup.remember('long', 60_000);
      store.clock.advance(1_000);

      expect(await purgeAll(store)).toEqual({ dedupKeys: 1 });
      expect(await store.dedup.has('long')).toBe(true);
    });

    it('knows a message by its id for 30 days although its text is erased after one', async () => {
      await converse(store, 'A');
      store.clock.advance(DAY_MS);
      const early = await purgeAll(store, DAY);
      const again = await receive(store, { id: 'A', text: 'pergunta A' });
      store.clock.advance(29 * DAY_MS);
      const late = await purgeAll(store, DAY);

      expect(early).toEqual({ rawBodies: 1, history: 2, echoes: 1, texts: 2 });
      expect(again).toMatchObject({ reason: 'duplicate' });
      expect(late).toEqual({ replies: 1, messages: 1, turns: 1 });
      expect(await receive(store, { id: 'A' })).toMatchObject({ status: 'accepted' });
    });

    it('knows its own message by its id for 30 days', async () => {
      await converse(store, 'A');
      store.clock.advance(30 * DAY_MS - 16_000);
      await purgeAll(store, DAY);

      await receive(store, { id: 'OUT-A', fromMe: true, text: 'resposta A' });

      expect(await store.conversations.history(ANA, 9)).toEqual([]);
      expect(await store.conversations.summaries()).toEqual([]);
    });

    it('keeps what waits for an answer, at any age', async () => {
      await receive(store, { text: 'ainda sem resposta' });
      store.clock.advance(400 * DAY_MS);

      expect(await purgeAll(store)).toEqual({ rawBodies: 1 });
      expect(await store.inbox.depth()).toBe(1);
      expect(await store.inbox.claimTurns(1)).toMatchObject([
        { messages: [{ text: 'ainda sem resposta' }] },
      ]);
    });

    it('keeps a reply that has not left, with its place in the history', async () => {
      await answer(store, {}, { parts: ['resposta'] });
      store.clock.advance(400 * DAY_MS);

      expect(await purgeAll(store)).toEqual({ rawBodies: 1, history: 1, messages: 1 });
      expect(await store.conversations.history(ANA, 9)).toMatchObject([{ text: 'resposta' }]);
      expect(await store.outbox.claimDeliveries(1)).toMatchObject([{ text: 'resposta' }]);
    });

    it('keeps a reply that failed and was not dismissed', async () => {
      const state = await fail(store);
      store.clock.advance(400 * DAY_MS);

      expect(state).toBe('failed');
      expect(await purgeAll(store)).toEqual({ rawBodies: 1, history: 1, messages: 1 });
      expect(await store.conversations.history(ANA, 9)).toMatchObject([{ text: 'resposta' }]);
    });

    it('erases a cancelled reply', async () => {
      const [id] = await store.outbox.enqueue({ identity: BIA, parts: ['afinal não'] });
      if (id === undefined) throw new Error('nothing was stored');
      await store.outbox.cancel([id]);
      store.clock.advance(90 * DAY_MS);

      expect(await purgeAll(store)).toEqual({ replies: 1 });
      expect(await store.outbox.find(id)).toBeUndefined();
    });

    it('passes over what has to stay, and gives no id twice', async () => {
      await receive(store, { id: 'WAITS' });
      await receive(store, { id: 'A', identity: BIA, fromMe: true, text: 'A' });
      await receive(store, { id: 'B', identity: BIA, fromMe: true, text: 'B' });
      store.clock.advance(90 * DAY_MS);
      const erased = await purgeAll(store);

      const next = await receive(store, { id: 'C' });

      expect(erased).toEqual({ rawBodies: 3, echoes: 2, messages: 2, history: 2 });
      expect(await store.inbox.depth()).toBe(2);
      expect(next).toMatchObject({ messageId: 4 });
    });

    it('takes more than one step for many, and leaves none', async () => {
      for (let index = 0; index < 450; index += 1) {
        await receive(store, { id: `P${index}`, fromMe: true, text: `bilhete ${index}` });
      }
      store.clock.advance(90 * DAY_MS);

      expect(await purgeAll(store)).toEqual({
        rawBodies: 450,
        history: 450,
        echoes: 450,
        messages: 450,
      });
      expect(await purgeAll(store)).toEqual({});
    }, 30_000);

    it('may be done by two at once', async () => {
      for (const id of ['A', 'B', 'C']) await converse(store, id);
      store.clock.advance(90 * DAY_MS);

      const [one, other] = await Promise.all([purgeAll(store), purgeAll(store)]);

      expect((one.messages ?? 0) + (other.messages ?? 0)).toBe(3);
      expect((one.history ?? 0) + (other.history ?? 0)).toBe(6);
      expect(await store.conversations.summaries()).toEqual([]);
    });
  });
}
