import { excerptOf } from '../../domain/knowledge/excerpt.ts';
import { type FoundKnowledge, type SearchKnowledge } from '../ports/inbound/search-knowledge.ts';
import { type KnowledgeStore } from '../ports/outbound/knowledge-store.ts';

export class SearchKnowledgeUseCase implements SearchKnowledge {
  constructor(private readonly knowledge: KnowledgeStore) {}

  async execute(query: string, limit: number): Promise<FoundKnowledge> {
    const result = await this.knowledge.search(query, limit);
    const terms = result.words.flatMap(({ meant, near }) =>
      [...meant, ...near].map(({ term }) => term),
    );
    const passages = result.passages.map((passage) => ({
      ...passage,
      excerpt: excerptOf(passage.text, terms),
    }));
    return { ...result, passages };
  }
}
