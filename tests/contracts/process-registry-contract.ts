import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type ProcessIdentity } from '../../src/application/ports/outbound/process-table.ts';
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
