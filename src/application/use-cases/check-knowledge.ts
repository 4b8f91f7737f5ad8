import { type CheckKnowledge, type KnowledgeCheck } from '../ports/inbound/check-knowledge.ts';
import { type KnowledgeStore } from '../ports/outbound/knowledge-store.ts';
import { type GoldenGate } from './golden-gate.ts';
import { type KnowledgeInspection } from './knowledge-inspection.ts';

export interface CheckKnowledgePorts {
  readonly knowledge: Pick<KnowledgeStore, 'reload'>;
  readonly inspection: Pick<KnowledgeInspection, 'notices'>;
  readonly gate: Pick<GoldenGate, 'admit' | 'report'>;
}

export class CheckKnowledgeUseCase implements CheckKnowledge {
  constructor(private readonly ports: CheckKnowledgePorts) {}

  async execute(): Promise<KnowledgeCheck> {
    const { knowledge, inspection, gate } = this.ports;
    const report = await knowledge.reload('all', gate.admit);
    return { ...report, golden: gate.report, notices: await inspection.notices() };
  }
}
