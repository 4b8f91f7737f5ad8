import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { StoreUnavailableError } from '../../src/application/ports/outbound/store-unavailable-error.ts';
import { type Store } from '../../src/application/ports/outbound/store.ts';
import { receive } from '../support/store-under-test.ts';

/** Longest that a webhook may be kept waiting, ms: the store's limit and what a busy machine adds. */
const LONGEST_ANSWER_MS = 2_000;

/** A store whose writers can be kept waiting from outside. */
export interface BlockableStore {
  readonly store: Store;
  /** Keeps every writer of the store waiting. @returns Lets them on. */
  block(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** What a webhook gets from a store that others keep busy. */
export function blockedWritersContract(name: string, open: () => Promise<BlockableStore>): void {
  describe(`${name} behind a writer that does not end`, () => {
    let blockable: BlockableStore;

    beforeEach(async () => {
      blockable = await open();
    });
    afterEach(() => blockable.close());

    it('refuses what a webhook brings within a second, and takes it afterwards', async () => {
      const { store } = blockable;
      const letOn = await blockable.block();
      const from = performance.now();

      const refused = await Promise.allSettled([
        receive(store, { id: 'A' }),
        store.instances.setConnected(true),
      ]);
      const took = performance.now() - from;
      await letOn();
      const taken = await receive(store, { id: 'A' });
      const isNews = await store.instances.setConnected(true);

      expect(refused).toEqual([
        { status: 'rejected', reason: expect.any(StoreUnavailableError) },
        { status: 'rejected', reason: expect.any(StoreUnavailableError) },
      ]);
      expect(took).toBeLessThan(LONGEST_ANSWER_MS);
      expect(taken).toMatchObject({ status: 'accepted' });
      expect(isNews).toBe(true);
    });
  });
}
