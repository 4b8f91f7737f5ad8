import { type EmbedKnowledge } from '../ports/inbound/embed-knowledge.ts';
import { type HealthReport, type ReportHealth } from '../ports/inbound/report-health.ts';
import { type Capacity } from '../ports/outbound/capacity.ts';
import { type DeadLetters } from '../ports/outbound/dead-letters.ts';
import { type Inbox } from '../ports/outbound/inbox.ts';
import { type InstanceStore } from '../ports/outbound/instance-store.ts';
import { type KnowledgeStore } from '../ports/outbound/knowledge-store.ts';
import { type Outbox } from '../ports/outbound/outbox.ts';
import { type GoldenGate } from './golden-gate.ts';

export interface ReportHealthPorts {
  readonly inbox: Inbox;
  readonly capacity: Pick<Capacity, 'shortage'>;
  readonly outbox: Outbox;
  readonly deadLetters: Pick<DeadLetters, 'counts'>;
  readonly knowledge: KnowledgeStore;
  readonly gate: Pick<GoldenGate, 'report'>;
  /** `undefined` without EMBEDDING_MODEL. */
  readonly embedding: Pick<EmbedKnowledge, 'report'> | undefined;
  readonly instances: InstanceStore;
}

export class ReportHealthUseCase implements ReportHealth {
  constructor(private readonly ports: ReportHealthPorts) {}

  async execute(): Promise<HealthReport> {
    const { inbox, outbox, deadLetters, instances, capacity } = this.ports;
    const { knowledge, gate, embedding } = this.ports;
    const shortage = capacity.shortage();
    const { version, documents, passages, skipped } = knowledge.current();
    const { questions, failed, refused } = gate.report;
    const [inboxDepth, outboxDepth, dead, { connected, pauseReason }] = await Promise.all([
      inbox.depth(),
      outbox.depth(),
      deadLetters.counts(),
      instances.state(),
    ]);
    return {
      // The store has answered, the files have been looked at, and there is room.
      ready: version !== '' && shortage === undefined,
      contextLoaded: documents > 0,
      knowledge: {
        version,
        documents,
        passages,
        filesSkipped: skipped.length,
        questions,
        questionsFailed: failed,
        changeRefused: refused,
        ...(embedding === undefined ? {} : { embeddings: embedding.report }),
      },
      inboxDepth,
      outboxDepth,
      deadLetters: dead.failedTurns + dead.failedReplies + dead.heldReplies,
      ...(shortage === undefined ? {} : { shortage }),
      ...(connected === undefined ? {} : { megaConnected: connected }),
      ...(pauseReason === undefined ? {} : { sendingPaused: pauseReason }),
    };
  }
}
