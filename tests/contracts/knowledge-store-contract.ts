import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type KnowledgeStore } from '../../src/application/ports/outbound/knowledge-store.ts';

/** A store with the means to change what it reads. */
export interface KnowledgeStoreUnderTest {
  readonly store: KnowledgeStore;
  readonly put: (path: string, text: string) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
  /** Makes the source as a whole unreadable. */
  readonly breakDown: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What every knowledge store owes; the factory opens one with nothing to read yet. */
export function knowledgeStoreContract(
  name: string,
  openEmpty: (contextTokens: number) => Promise<KnowledgeStoreUnderTest>,
): void {
  describe(`${name} keeps the knowledge store contract`, () => {
    let under: KnowledgeStoreUnderTest;
    let store: KnowledgeStore;

    beforeEach(async () => {
      under = await openEmpty(8000);
      store = under.store;
    });
    afterEach(() => under.close());

    it('serves nothing before the first load', async () => {
      await under.put('a.txt', 'Preço: R$ 10,00');

      const grounding = await store.find('preço');

      expect(store.current()).toMatchObject({ version: '', text: '', documents: 0, passages: 0 });
      expect(grounding).toEqual({ passages: [], whole: true, version: '' });
    });

    it('serves the corpus in path order after a load', async () => {
      await under.put('b.txt', 'Horário: 9h');
      await under.put('a.txt', 'Preço: R$ 10,00');

      const { snapshot, changed, failure } = await store.reload('changed');

      expect(snapshot.text).toBe('=== a.txt ===\nPreço: R$ 10,00\n\n=== b.txt ===\nHorário: 9h\n');
      expect(snapshot).toMatchObject({ documents: 2, passages: 2, skipped: [] });
      expect([changed, failure]).toEqual([true, undefined]);
      expect(store.current()).toEqual(snapshot);
    });

    it('gives what it serves piece by piece', async () => {
      await under.put('b.txt', 'Horário: 9h');
      await under.put('a.txt', 'Preço: R$ 10,00');
      const { snapshot } = await store.reload('all');

      const { version, documents, passages } = store.content();

      expect(version).toBe(snapshot.version);
      expect(documents.map(({ path, text }) => [path, text])).toEqual([
        ['a.txt', 'Preço: R$ 10,00'],
        ['b.txt', 'Horário: 9h'],
      ]);
      expect([...passages].map(({ document, text }) => [document, text])).toEqual([
        ['a.txt', 'Preço: R$ 10,00'],
        ['b.txt', 'Horário: 9h'],
      ]);
    });

    it('has a persona even where nobody wrote one', async () => {
      const { snapshot } = await store.reload('all');

      expect(snapshot.persona).toMatch(/^Você é o assistente/u);
    });

    it('keeps the version while the texts stay the same, and changes it with them', async () => {
      await under.put('a.txt', 'Preço: R$ 10,00');
      const first = await store.reload('all');

      const same = await store.reload('all');
      await under.put('a.txt', 'Preço: R$ 12,00');
      const other = await store.reload('all');

      expect([same.snapshot.version, same.changed]).toEqual([first.snapshot.version, false]);
      expect(other.changed).toBe(true);
      expect(other.snapshot.version).not.toBe(first.snapshot.version);
      expect(first.snapshot.version).toMatch(/^[0-9a-f]{12}$/u);
    });

    it('comes to the same version as another store with the same texts', async () => {
      const second = await openEmpty(500);
      for (const { put } of [under, second]) await put('a.txt', 'Preço: R$ 10,00');

      const [one, other] = [await store.reload('all'), await second.store.reload('changed')];

      expect(one.snapshot.version).toBe(other.snapshot.version);
      await second.close();
    });

    it('forgets a document that is gone', async () => {
      await under.put('a.txt', 'Preço: R$ 10,00');
      await under.put('b.txt', 'Horário: 9h');
      await store.reload('all');

      await under.remove('a.txt');
      const { snapshot } = await store.reload('changed');
      const grounding = await store.find('preço');

      expect(snapshot.text).toBe('=== b.txt ===\nHorário: 9h\n');
      expect(grounding.passages.map(({ document }) => document)).toEqual(['b.txt']);
    });

    it('keeps what it serves, and says so, when reading fails as a whole', async () => {
      await under.put('a.txt', 'Preço: R$ 10,00');
      const { snapshot } = await store.reload('all');

      await under.breakDown();
      const report = await store.reload('all');

      expect(report).toEqual({ snapshot, changed: false, failure: expect.any(String) });
      // It is shown within other sentences.
      expect(report.failure).not.toMatch(/[.!]$/u);
      expect((await store.find('preço')).passages).toHaveLength(1);
    });

    it('gives the whole corpus with scores where it fits', async () => {
      await under.put('a.txt', 'Preço: R$ 10,00');
      await under.put('b.txt', 'Horário: 9h');
      await store.reload('all');

      const { passages, whole, version } = await store.find('Qual o horário?');

      expect(passages.map(({ document, score }) => [document, score > 0])).toEqual([
        ['a.txt', false],
        ['b.txt', true],
      ]);
      expect([whole, version]).toEqual([true, store.current().version]);
      expect(store.content().whole).toBe(true);
    });

    it('searches best first, however much fits, and says how it read the words', async () => {
      await under.put('a.txt', 'Preço: R$ 10,00');
      await under.put('b.txt', 'Horário de banho: 9h');
      await under.put('c.txt', 'Horário: 10h');
      await store.reload('all');

      const { passages, words, whole, version } = await store.search('horário do banho xyzw', 2);

      expect(passages.map(({ document }) => document)).toEqual(['b.txt', 'c.txt']);
      expect((await store.search('horário do banho', 1)).passages).toHaveLength(1);
      expect(words.map(({ word, meant }) => [word, meant[0]?.origin])).toEqual([
        ['horario', 'typed'],
        ['banho', 'typed'],
        ['xyzw', 'unknown'],
      ]);
      expect([whole, version]).toEqual([true, store.current().version]);
    });

    it('answers concurrent calls with one and the same state', async () => {
      await under.put('a.txt', 'Preço: R$ 10,00');

      const reports = await Promise.all([
        store.reload('all'),
        store.reload('changed'),
        store.reload('all'),
        store.reload('changed'),
      ]);

      const versions = new Set(reports.map(({ snapshot }) => snapshot.version));
      expect([...versions]).toEqual([store.current().version]);
      expect(reports.filter(({ changed }) => changed).length).toBeGreaterThanOrEqual(1);
    });

    it.each([
      '"',
      "' OR 1=1 --",
      'NEAR(a b) AND NOT *',
      'preço\0 ^ {a} : -',
      '',
      'x '.repeat(50_000),
    ])('takes any query as mere words: %#', async (query) => {
      await under.put('a.txt', 'Preço: R$ 10,00');
      await store.reload('all');

      const { passages } = await store.find(query);

      expect(passages).toHaveLength(1);
      expect((await store.search(query, 5)).passages.length).toBeLessThanOrEqual(1);
    });
  });

  describe(`${name} with a corpus above its budget`, () => {
    it('gives at most eight passages, the best first, within the budget', async () => {
      const under = await openEmpty(150);
      for (let index = 0; index < 20; index += 1) {
        await under.put(`doc${index}.txt`, `Aviso ${index}: texto comum a muitos avisos da loja.`);
      }
      await under.put('entrega.txt', 'Entregamos em Curitiba por R$ 12,00 no mesmo dia.');
      await under.store.reload('all');

      const { passages, whole } = await under.store.find('entregamos em Curitiba ou só aviso?');

      expect([whole, under.store.content().whole]).toEqual([false, false]);
      expect(passages[0]?.document).toBe('entrega.txt');
      expect(passages.length).toBeGreaterThan(1);
      expect(passages.length).toBeLessThanOrEqual(8);
      await under.close();
    });

    it('looks for a rewording as well', async () => {
      const under = await openEmpty(40);
      await under.put('a.txt', 'Aviso: texto comum a muitos avisos da loja, sem fim.');
      await under.put('entrega.txt', 'Entregamos em Curitiba por R$ 12,00 no mesmo dia.');
      await under.store.reload('all');

      const typed = await under.store.find('chega lá?');
      const both = await under.store.find('chega lá?', { rewording: 'entregamos em curitiba' });

      expect(typed.passages).toEqual([]);
      expect(both.passages.map(({ document }) => document)).toEqual(['entrega.txt']);
      await under.close();
    });

    it('gives nothing to a query that shares no word with it', async () => {
      const under = await openEmpty(5);
      await under.put('a.txt', 'Entregamos em Curitiba por R$ 12,00.');
      await under.store.reload('all');

      const grounding = await under.store.find('bom dia, tudo bem?');

      expect(grounding.passages).toEqual([]);
      await under.close();
    });
  });
}
