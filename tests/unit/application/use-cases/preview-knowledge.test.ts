import { describe, expect, it } from '@jest/globals';
import { PreviewKnowledgeUseCase } from '../../../../src/application/use-cases/preview-knowledge.ts';
import { InMemoryKnowledgeStore } from '../../../doubles/in-memory-knowledge-store.ts';

describe('PreviewKnowledge', () => {
  it('shows the beginning and the length of the whole', async () => {
    const knowledge = new InMemoryKnowledgeStore();
    knowledge.put('a.txt', 'Preço: R$ 10');
    const { snapshot } = await knowledge.reload('all');

    const preview = new PreviewKnowledgeUseCase(knowledge).execute(9);

    expect(preview).toEqual({
      preview: '=== a.txt',
      len: snapshot.text.length,
      version: snapshot.version,
    });
  });

  it('never cuts a character in two', async () => {
    const knowledge = new InMemoryKnowledgeStore();
    knowledge.put('a.txt', '😀');
    const { snapshot } = await knowledge.reload('all');
    const inside = snapshot.text.indexOf('😀') + 1;

    const { preview } = new PreviewKnowledgeUseCase(knowledge).execute(inside);

    expect(preview.isWellFormed()).toBe(true);
  });
});
