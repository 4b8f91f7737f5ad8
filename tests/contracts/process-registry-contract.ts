import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type ProcessIdentity } from '../../src/application/ports/outbound/process-table.ts';
import { aTurnResult } from '../builders/a-turn-result.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  answer,
  beginDelivery,
  claimTurn,
  receive,
} from '../support/store-under-test.ts';

const SELF: ProcessIdentity = { place: 'boot-1', pid: 100, pidStarted: 5_000 };

/** What every process registry must do; the store's own process is called worker-1. */
export function processRegistryContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the process registry contract`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('raises the incarnation of a slot with every start in it', async () => {
      const first = await store.registry.register(SELF, { host: 'shop', number: 3 });
      await store.registry.retire();
      const second = await store.registry.register(SELF, { host: 'shop', number: 3 });
      const elsewhere = await store.registry.register(SELF, { host: 'branch', number: 3 });

      expect(first).toEqual({ slot: 'shop:3', incarnation: 1 });
      expect(second).toEqual({ slot: 'shop:3', incarnation: 2 });
      expect(elsewhere).toEqual({ slot: 'branch:3', incarnation: 1 });
    });

    it('takes the first free number where none is given', async () => {
      expect(await store.registry.register(SELF, { host: 'shop' })).toMatchObject({
        slot: 'shop:0',
      });
    });

    it('does not count this process among its neighbours', async () => {
      await store.registry.register(SELF, { host: 'shop', number: 0 });

      expect(await store.registry.beat()).toEqual([]);
    });

    it('makes the contacts of a process that is gone due again, at once', async () => {
      await receive(store);
      const turn = await claimTurn(store);

      const estate = await store.registry.release('worker-1');

      const [again] = await store.inbox.claimTurns(1);
      expect(estate).toEqual({ contacts: 1, replies: 0 });
      expect(again?.messages).toEqual(turn.messages);
      expect(await store.inbox.check(turn.lease)).toBe('lost');
    });

    it('counts the death of its process against no turn as an attempt', async () => {
      await receive(store);
      await claimTurn(store);
      await store.registry.release('worker-1');
      const once = await claimTurn(store);
      await store.registry.release('worker-1');

      expect(once).toMatchObject({ attempts: 1, deaths: 1 });
      expect(await claimTurn(store)).toMatchObject({ attempts: 1, deaths: 2 });
    });

    it('lets a turn rest, longer with each death after the third', async () => {
      await receive(store);
      await claimTurn(store);
      const rests: (number | undefined)[] = [];
      for (let deaths = 1; deaths <= 6; deaths += 1) {
        await store.registry.release('worker-1');
        const rest = await store.inbox.nextTurnInMs();
        rests.push(rest);
        store.clock.advance(rest ?? 0);
        await store.inbox.claimTurns(1);
      }

      expect(rests).toEqual([0, 0, 0, 1_000, 2_000, 4_000]);
    });

    it('lets it rest however much the contact writes meanwhile', async () => {
      await receive(store);
      await claimTurn(store);
      for (let deaths = 1; deaths <= 5; deaths += 1) {
        await store.registry.release('worker-1');
        await claimTurn(store);
      }
      await store.registry.release('worker-1');
      await receive(store, { id: 'B' });
      store.clock.advance(3_999);
      const tooSoon = await store.inbox.claimTurns(1);
      store.clock.advance(1);

      expect(tooSoon).toEqual([]);
      expect(await store.inbox.claimTurns(1)).toMatchObject([{ deaths: 6 }]);
    });

    it('forgets the deaths once the turn has ended', async () => {
      await receive(store);
      await claimTurn(store);
      await store.registry.release('worker-1');
      const turn = await claimTurn(store);
      await store.inbox.commitTurn(turn.lease, aTurnResult());
      await receive(store, { id: 'B' });

      expect(await claimTurn(store)).toMatchObject({ attempts: 1, deaths: 0 });
    });

    it('makes the unsettled send of a process that is gone unconfirmed, with its window counted from its start', async () => {
      await answer(store);
      const delivery = await beginDelivery(store);
      store.clock.advance(1_000);

      const estate = await store.registry.release('worker-1');

      const due = await store.outbox.nextDeliveryInMs();
      await store.outbox.claimDeliveries(1);
      expect(estate).toEqual({ contacts: 0, replies: 1 });
      expect(due).toBe(0);
      expect(await store.outbox.find(delivery.id)).toMatchObject({ state: 'unknown' });
      expect(await store.outbox.nextDeliveryInMs()).toBe(14_000);
    });

    it('leaves alone what others hold', async () => {
      await receive(store);
      const turn = await claimTurn(store);

      const estate = await store.registry.release('worker-2');

      expect(estate).toEqual({ contacts: 0, replies: 0 });
      expect(await store.inbox.check(turn.lease)).toBe('held');
    });
  });
}
