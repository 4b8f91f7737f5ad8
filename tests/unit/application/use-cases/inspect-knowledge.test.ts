import { describe, expect, it } from '@jest/globals';

import { InspectKnowledgeUseCase } from '../../../../src/application/use-cases/inspect-knowledge.ts';
import { NO_QUESTIONS } from '../../../../src/domain/knowledge/golden-report.ts';
import { InMemoryKnowledgeStore } from '../../../doubles/in-memory-knowledge-store.ts';

const NOTICE = { kind: 'past_date', file: 'a.txt', line: 1, message: 'já passou' } as const;

describe('InspectKnowledge', () => {
  it('joins what is wrong with the texts with what customers asked in thirty days', async () => {
    const knowledge = new InMemoryKnowledgeStore();
    knowledge.put('a.txt', 'Banho');
    knowledge.put('b.txt', 'Tosa');
    const { snapshot } = await knowledge.reload('all');
    const pages: unknown[] = [];
    const health = await new InspectKnowledgeUseCase({
      knowledge,
      inspection: { notices: () => Promise.resolve([NOTICE]) },
      gate: { report: { ...NO_QUESTIONS, questions: 3 } },
      turnLog: {
        found: (page) => {
          pages.push(page);
          return Promise.resolve(Array.from({ length: 100 }, () => [{ id: 'a.txt#1', score: 1 }]));
        },
        unanswered: (page) => {
          pages.push(page);
          return Promise.resolve([
            { text: 'Sou a Ana, entregam?', name: 'Ana' },
            { text: 'Sou a Bia, entregam?', name: 'Bia' },
          ]);
        },
      },
    }).execute();

    expect(health).toEqual({
      version: snapshot.version,
      notices: [NOTICE, expect.objectContaining({ kind: 'unused_file', file: 'b.txt' })],
      golden: { ...NO_QUESTIONS, questions: 3 },
      unanswered: {
        days: 30,
        count: 2,
        questions: [{ question: 'Sou a [nome], entregam?', count: 2 }],
      },
    });
    expect(pages).toEqual([
      { withinMs: 2_592_000_000, limit: 500 },
      { withinMs: 2_592_000_000, limit: 1_000 },
    ]);
  });
});
