import { type CheckKnowledge, type KnowledgeCheck } from '../ports/inbound/check-knowledge.ts';
import { type KnowledgeStore } from '../ports/outbound/knowledge-store.ts';
import { type GoldenGate } from './golden-gate.ts';

export class CheckKnowledgeUseCase implements CheckKnowledge {
  constructor(
    private readonly knowledge: KnowledgeStore,
    private readonly gate: GoldenGate,
  ) {}

  async execute(): Promise<KnowledgeCheck> {
    const report = await this.knowledge.reload('all', this.gate.admit);
    return { ...report, golden: this.gate.report };
  }
}
