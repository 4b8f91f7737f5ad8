import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type OpenStore, type StoreUnderTest } from '../support/store-under-test.ts';

/** What every knowledge generation must do. */
export function knowledgeGenerationContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the knowledge generation contract`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('begins at zero and rises with every request', async () => {
      const before = await store.generation.current();

      expect(await store.generation.raise()).toBe(1);
      expect(await store.generation.raise()).toBe(2);
      expect(before).toBe(0);
      expect(await store.generation.current()).toBe(2);
    });

    it('counts every one of eight requests at once', async () => {
      const raised = await Promise.all(Array.from({ length: 8 }, () => store.generation.raise()));

      expect([...raised].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });
  });
}
