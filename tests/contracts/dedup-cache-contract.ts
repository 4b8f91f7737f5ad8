import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type OpenStore, type StoreUnderTest } from '../support/store-under-test.ts';

/** What every dedup cache must do. */
export function dedupCacheContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the dedup cache contract`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('tells one of eight callers that it was the first', async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => store.dedup.remember('key', 1_000)),
      );

      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    it('remembers until the time has passed', async () => {
      await store.dedup.remember('key', 1_000);
      store.clock.advance(999);
      const before = await store.dedup.has('key');
      store.clock.advance(1);

      expect(before).toBe(true);
      expect(await store.dedup.has('key')).toBe(false);
      expect(await store.dedup.remember('key', 1_000)).toBe(true);
    });

    it('does not prolong the time by a second call', async () => {
      await store.dedup.remember('key', 1_000);
      store.clock.advance(600);
      await store.dedup.remember('key', 1_000);
      store.clock.advance(400);

      expect(await store.dedup.has('key')).toBe(false);
    });

    it('keeps keys apart', async () => {
      await store.dedup.remember('key', 1_000);

      expect(await store.dedup.has('other key')).toBe(false);
      expect(await store.dedup.remember('other key', 1_000)).toBe(true);
    });

    it('remembers what is still due after many others have passed', async () => {
      await store.dedup.remember('long', 60_000);
      for (let key = 0; key < 100; key += 1) await store.dedup.remember(`short ${key}`, 1);
      store.clock.advance(1);
      for (let key = 0; key < 100; key += 1) await store.dedup.remember(`later ${key}`, 1);

      expect(await store.dedup.has('long')).toBe(true);
      expect(await store.dedup.has('short 1')).toBe(false);
    });
  });
}
