import { type InspectKnowledge, type KnowledgeHealth } from '../ports/inbound/inspect-knowledge.ts';
import { type KnowledgeStore } from '../ports/outbound/knowledge-store.ts';
import { type GoldenGate } from './golden-gate.ts';
import { type KnowledgeInspection } from './knowledge-inspection.ts';

export interface InspectKnowledgePorts {
  readonly knowledge: Pick<KnowledgeStore, 'current'>;
  readonly inspection: Pick<KnowledgeInspection, 'notices'>;
  readonly gate: Pick<GoldenGate, 'report'>;
}

export class InspectKnowledgeUseCase implements InspectKnowledge {
  constructor(private readonly ports: InspectKnowledgePorts) {}

  async execute(): Promise<KnowledgeHealth> {
    const { knowledge, inspection, gate } = this.ports;
    const { version } = knowledge.current();
    return { version, notices: await inspection.notices(), golden: gate.report };
  }
}
