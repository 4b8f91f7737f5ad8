import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  type AskedCorpus,
  type KnowledgeGate,
  type KnowledgeTrial,
} from '../../src/application/ports/outbound/knowledge-store.ts';
import { type KnowledgeStoreUnderTest } from './knowledge-store-contract.ts';

/** What every knowledge store owes to the gate that decides what it serves. */
export function knowledgeGateContract(
  name: string,
  openEmpty: (contextTokens: number) => Promise<KnowledgeStoreUnderTest>,
): void {
  describe(`${name} with a gate`, () => {
    let under: KnowledgeStoreUnderTest;
    let asked: KnowledgeTrial[];
    let isOpen: boolean;

    const gate: KnowledgeGate = (trial) => {
      asked.push(trial);
      return Promise.resolve(isOpen);
    };

    beforeEach(async () => {
      under = await openEmpty(8000);
      asked = [];
      isOpen = true;
      await under.put('a.txt', 'Preço: R$ 10,00');
      await under.put('b.txt', 'Horário: 9h');
      await under.put('a.perguntas.txt', 'P: Qual o preço?\ndeve conter: R$ 10');
      await under.store.reload('all', gate);
    });
    afterEach(() => under.close());

    const bestOf = async (corpus: AskedCorpus | undefined, query: string): Promise<string[]> =>
      ((await corpus?.best(query)) ?? []).map(({ text }) => text);

    it('shows it the questions, which are never served', () => {
      expect(asked).toEqual([
        {
          candidate: expect.anything(),
          questions: [{ path: 'a.perguntas.txt', text: 'P: Qual o preço?\ndeve conter: R$ 10' }],
        },
      ]);
      expect(under.store.current()).toMatchObject({ documents: 2, passages: 2, skipped: [] });
      expect(under.store.current().text).not.toContain('deve conter');
    });

    it('lets it ask the candidate and what is served, while queries find the old one', async () => {
      await under.put('a.txt', 'Preço: R$ 99,00');
      await under.remove('b.txt');
      const found: string[][] = [];

      await under.store.reload('all', async ({ candidate, served }) => {
        found.push(await bestOf(candidate, 'preço ou horário'));
        found.push(await bestOf(served, 'preço ou horário'));
        found.push((await under.store.find('preço')).passages.map(({ text }) => text));
        found.push([candidate.textOf('a.txt') ?? '', candidate.textOf('b.txt') ?? 'nada']);
        return true;
      });

      expect(found.map((texts) => texts.toSorted())).toEqual([
        ['Preço: R$ 99,00'],
        ['Horário: 9h', 'Preço: R$ 10,00'],
        ['Horário: 9h', 'Preço: R$ 10,00'],
        ['Preço: R$ 99,00', 'nada'],
      ]);
      expect(under.store.current().text).toBe('=== a.txt ===\nPreço: R$ 99,00\n');
    });

    it('serves the old one where it refuses, and asks again only about something else', async () => {
      const { snapshot } = await under.store.reload('all', gate);
      isOpen = false;
      await under.put('a.txt', 'Preço: R$ 99,00');
      await under.put('c.txt', 'Preço do frete: R$ 5,00');

      const refused = await under.store.reload('all', gate);
      const again = await under.store.reload('all', gate);

      for (const report of [refused, again]) {
        expect(report).toEqual({ snapshot, changed: false, refused: true });
      }
      expect(asked).toHaveLength(2);
      const { passages } = await under.store.find('preço');
      expect(passages.map(({ text }) => text)).toEqual(['Preço: R$ 10,00', 'Horário: 9h']);
    });

    it('serves the next change that it admits as if the refused one had never been', async () => {
      isOpen = false;
      await under.put('a.txt', 'Preço: R$ 99,00');
      await under.put('c.txt', 'Preço do frete: R$ 5,00');
      await under.store.reload('all', gate);
      isOpen = true;
      await under.put('a.txt', 'Preço: R$ 11,00');
      await under.remove('c.txt');

      const { changed, refused } = await under.store.reload('all', gate);

      const { passages } = await under.store.find('preço');
      expect([changed, refused]).toEqual([true, undefined]);
      expect(passages.map(({ text, score }) => [text, score > 0])).toEqual([
        ['Preço: R$ 11,00', true],
        ['Horário: 9h', false],
      ]);
    });

    it('asks when only the questions change, and when a refused change is taken back', async () => {
      isOpen = false;
      await under.put('a.perguntas.txt', 'P: Qual o preço?\ndeve conter: R$ 99');
      const questions = await under.store.reload('all', gate);
      await under.put('a.txt', 'Preço: R$ 98,00');
      const refused = await under.store.reload('all', gate);
      await under.put('a.txt', 'Preço: R$ 10,00');
      const takenBack = await under.store.reload('all', gate);

      expect(asked).toHaveLength(4);
      expect([questions, refused, takenBack].map((report) => report.refused)).toEqual([
        undefined,
        true,
        undefined,
      ]);
    });

    it('shows it all passages where the model is given all of them, otherwise none', async () => {
      const small = await openEmpty(5);
      await small.put('a.txt', 'Preço: R$ 10,00');
      await small.store.reload('all', gate);

      const texts = asked.map(({ candidate }) => candidate.shownAlways().map(({ text }) => text));

      expect(texts).toEqual([['Preço: R$ 10,00', 'Horário: 9h'], []]);
      await small.close();
    });

    it('serves nothing where the first state is refused', async () => {
      const other = await openEmpty(8000);
      await other.put('a.txt', 'Preço: R$ 10,00');

      const report = await other.store.reload('all', () => Promise.resolve(false));

      expect(report).toMatchObject({ changed: false, refused: true, snapshot: { version: '' } });
      await other.close();
    });
  });
}
