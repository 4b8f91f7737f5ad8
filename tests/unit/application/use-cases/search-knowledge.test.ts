import { describe, expect, it } from '@jest/globals';

import { SearchKnowledgeUseCase } from '../../../../src/application/use-cases/search-knowledge.ts';
import { InMemoryKnowledgeStore } from '../../../doubles/in-memory-knowledge-store.ts';

describe('SearchKnowledge', () => {
  it('shows of each passage the piece that holds what was looked for', async () => {
    const knowledge = new InMemoryKnowledgeStore();
    knowledge.put('a.txt', `${'Palavras à toa. '.repeat(30)}O banho custa R$ 55,00.`);
    knowledge.put('b.txt', 'Tosa: R$ 45,00');
    await knowledge.reload('all');

    const found = await new SearchKnowledgeUseCase(knowledge).execute('banho?', 5);

    expect(found.passages.map(({ document, excerpt }) => [document, excerpt])).toEqual([
      ['a.txt', '… O banho custa R$ 55,00.'],
    ]);
    expect(found.words.map(({ word }) => word)).toEqual(['banho']);
    expect([found.whole, found.version]).toEqual([true, knowledge.current().version]);
  });
});
