import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type OpenStore, type StoreUnderTest } from '../support/store-under-test.ts';

/** What every keeper of metric snapshots must do. */
export function metricSnapshotsContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the metric snapshots contract`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    async function kept(): Promise<readonly string[]> {
      return (await store.snapshots.all()).map(({ figures }) => figures);
    }

    it('holds nothing at first', async () => {
      expect(await store.snapshots.all()).toEqual([]);
    });

    it('keeps the newest figures of each process, with their age', async () => {
      const first = await store.snapshots.add('[1]');
      await store.snapshots.add('[2]');
      store.clock.advance(4_000);

      const isKept = await store.snapshots.replace(first, '[3]');
      store.clock.advance(1_000);

      expect(isKept).toBe(true);
      expect(await store.snapshots.all()).toMatchObject([
        { id: first, figures: '[3]', ageMs: 1_000 },
        { figures: '[2]', ageMs: 5_000 },
      ]);
    });

    it('puts one sum in the place of those that are folded', async () => {
      await store.snapshots.add('[1]');
      store.clock.advance(1_000);
      await store.snapshots.add('[2]');
      const gone = await store.snapshots.all();
      store.clock.advance(5_000);
      await store.snapshots.add('[4]');

      const isFolded = await store.snapshots.fold(gone, '[3]');

      expect(isFolded).toBe(true);
      expect(await store.snapshots.all()).toMatchObject([
        { figures: '[4]', ageMs: 0 },
        { figures: '[3]', ageMs: 6_000 },
      ]);
    });

    it('keeps nothing for a process whose figures were folded, and never gives its number away', async () => {
      const id = await store.snapshots.add('[1]');
      await store.snapshots.fold(await store.snapshots.all(), '[1]');

      const isKept = await store.snapshots.replace(id, '[5]');

      expect(isKept).toBe(false);
      expect(await kept()).toEqual(['[1]']);
    });

    it('folds nothing when one of them was written meanwhile', async () => {
      const first = await store.snapshots.add('[1]');
      await store.snapshots.add('[2]');
      const gone = await store.snapshots.all();
      store.clock.advance(1);
      await store.snapshots.replace(first, '[7]');

      const isFolded = await store.snapshots.fold(gone, '[3]');

      expect(isFolded).toBe(false);
      expect(await kept()).toEqual(['[7]', '[2]']);
    });

    it('lets one of two fold the same', async () => {
      await store.snapshots.add('[1]');
      await store.snapshots.add('[2]');
      const gone = await store.snapshots.all();

      const folded = await Promise.all([
        store.snapshots.fold(gone, '[3]'),
        store.snapshots.fold(gone, '[3]'),
      ]);

      expect([...folded].sort()).toEqual([false, true]);
      expect(await kept()).toEqual(['[3]']);
    });
  });
}
