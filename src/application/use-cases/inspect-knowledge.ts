import { findUnusedDocuments } from '../../domain/knowledge/health/unused-documents.ts';
import { groupQuestions } from '../../domain/knowledge/health/unanswered.ts';
import { type InspectKnowledge, type KnowledgeHealth } from '../ports/inbound/inspect-knowledge.ts';
import { type KnowledgeStore } from '../ports/outbound/knowledge-store.ts';
import { type TurnLog } from '../ports/outbound/turn-log.ts';
import { type GoldenGate } from './golden-gate.ts';
import { type KnowledgeInspection } from './knowledge-inspection.ts';

export interface InspectKnowledgePorts {
  readonly knowledge: Pick<KnowledgeStore, 'content'>;
  readonly inspection: Pick<KnowledgeInspection, 'notices'>;
  readonly gate: Pick<GoldenGate, 'report'>;
  readonly turnLog: TurnLog;
}

/** How far back customers' questions are looked at. */
const DAYS = 30;
const WITHIN_MS = DAYS * 86_400_000;

/** Most that are read: of each some 3 kB of passages, or a question's words. */
const FOUND = 500;
const UNANSWERED = 1_000;

export class InspectKnowledgeUseCase implements InspectKnowledge {
  constructor(private readonly ports: InspectKnowledgePorts) {}

  async execute(): Promise<KnowledgeHealth> {
    const { knowledge, inspection, gate, turnLog } = this.ports;
    const { version, documents } = knowledge.content();
    const notices = await inspection.notices();
    const found = await turnLog.found({ withinMs: WITHIN_MS, limit: FOUND });
    const asked = await turnLog.unanswered({ withinMs: WITHIN_MS, limit: UNANSWERED });
    return {
      version,
      notices: [...notices, ...findUnusedDocuments(documents, found)],
      golden: gate.report,
      unanswered: { days: DAYS, count: asked.length, questions: groupQuestions(asked) },
    };
  }
}
