import { type PreviewKnowledge } from '../ports/inbound/preview-knowledge.ts';
import { type KnowledgeStore } from '../ports/outbound/knowledge-store.ts';

export class PreviewKnowledgeUseCase implements PreviewKnowledge {
  constructor(private readonly knowledge: KnowledgeStore) {}

  execute(length: number): { preview: string; len: number; version: string } {
    const { text, version } = this.knowledge.current();
    // A cut inside a surrogate pair would leave half a character.
    return { preview: text.slice(0, length).toWellFormed(), len: text.length, version };
  }
}
