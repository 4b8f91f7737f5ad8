import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type OpenStore, type StoreUnderTest } from '../support/store-under-test.ts';
import { purgeAll } from '../support/purge-all.ts';

const DAY_MS = 86_400_000;
const MODEL = 'text-embedding-3-small https://api.openai.com/v1';

/** What every keeper of vectors must do. */
export function embeddingStoreContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the embedding store contract`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    const vector = Float32Array.from([0.6, -0.8, 1e-20]);

    it('gives back the very vectors, in the order in which they are asked for', async () => {
      const other = Float32Array.from([1, 0, 0]);
      await store.embeddings.add(MODEL, [
        { text: 'Preço: R$ 10', vector },
        { text: 'Horário: 9h', vector: other },
      ]);

      const texts = ['Horário: 9h', 'Endereço', 'Preço: R$ 10', 'Horário: 9h'];
      const found = await store.embeddings.find(MODEL, texts);

      expect(found).toEqual([other, undefined, vector, other]);
    });

    it('keeps the vectors of each model, and of the least different text, apart', async () => {
      await store.embeddings.add(MODEL, [{ text: 'Preço: R$ 10', vector }]);

      expect(await store.embeddings.find('outro modelo', ['Preço: R$ 10'])).toEqual([undefined]);
      expect(await store.embeddings.find(MODEL, ['Preço: R$ 10 '])).toEqual([undefined]);
    });

    it('puts a newer vector in the place of an older one', async () => {
      await store.embeddings.add(MODEL, [{ text: 'a', vector: Float32Array.from([1]) }]);
      await store.embeddings.add(MODEL, [{ text: 'a', vector }]);

      expect(await store.embeddings.find(MODEL, ['a'])).toEqual([vector]);
    });

    it('lets one caller take on a text without a vector', async () => {
      await store.embeddings.add(MODEL, [{ text: 'kept', vector }]);

      const first = await store.embeddings.claim(MODEL, ['a', 'kept', 'b']);
      const second = await store.embeddings.claim(MODEL, ['b', 'c', 'a']);

      expect(first).toEqual([true, false, true]);
      expect(second).toEqual([false, true, false]);
      expect(await store.embeddings.find(MODEL, ['a'])).toEqual([undefined]);
    });

    it('gives each text of two who come at once to one of them', async () => {
      const texts = Array.from({ length: 50 }, (_, index) => `texto ${index}`);

      const [one, other] = await Promise.all([
        store.embeddings.claim(MODEL, texts),
        store.embeddings.claim(MODEL, texts.toReversed()),
      ]);

      const both = one.map((mine, index) => Number(mine) + Number(other[49 - index]));
      expect(both).toEqual(texts.map(() => 1));
    });

    it('gives a text twice named to the caller once', async () => {
      expect(await store.embeddings.claim(MODEL, ['a', 'a'])).toEqual([true, false]);
    });

    it('lets another take on what was given back, or not done in time', async () => {
      await store.embeddings.claim(MODEL, ['a', 'b']);
      await store.embeddings.release(MODEL, ['a']);

      expect(await store.embeddings.claim(MODEL, ['a', 'b'])).toEqual([true, false]);
      store.clock.advance(90_000);
      expect(await store.embeddings.claim(MODEL, ['a', 'b'])).toEqual([true, true]);
    });

    it('gives back nothing that has a vector', async () => {
      await store.embeddings.add(MODEL, [{ text: 'a', vector }]);
      await store.embeddings.release(MODEL, ['a', 'b']);

      expect(await store.embeddings.find(MODEL, ['a'])).toEqual([vector]);
    });

    it('keeps the vector of a text that is taken on', async () => {
      await store.embeddings.claim(MODEL, ['a']);
      await store.embeddings.add(MODEL, [{ text: 'a', vector }]);

      expect(await store.embeddings.find(MODEL, ['a'])).toEqual([vector]);
      expect(await store.embeddings.claim(MODEL, ['a'])).toEqual([false]);
    });

    it('takes nothing for nothing', async () => {
      await store.embeddings.add(MODEL, []);
      await store.embeddings.keep(MODEL, []);
      await store.embeddings.release(MODEL, []);

      expect(await store.embeddings.claim(MODEL, [])).toEqual([]);
      expect(await store.embeddings.find(MODEL, [])).toEqual([]);
    });

    it('erases vectors that nobody has used for a week', async () => {
      await store.embeddings.add(MODEL, [
        { text: 'used', vector },
        { text: 'gone', vector },
      ]);
      await store.embeddings.claim(MODEL, ['never done']);
      store.clock.advance(6 * DAY_MS);
      await store.embeddings.keep(MODEL, ['used', 'unknown']);
      store.clock.advance(DAY_MS);

      expect(await purgeAll(store)).toEqual({ embeddings: 2 });
      expect(await store.embeddings.find(MODEL, ['used', 'gone'])).toEqual([vector, undefined]);
    });
  });
}
