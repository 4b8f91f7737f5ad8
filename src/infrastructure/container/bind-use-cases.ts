import {
  CheckGatewayUseCase,
  type CheckGatewayPorts,
} from '../../application/use-cases/check-gateway.ts';
import {
  DeliverReplyUseCase,
  type DeliverReplyPorts,
} from '../../application/use-cases/deliver-reply.ts';
import { DismissDeadLetterUseCase } from '../../application/use-cases/dismiss-dead-letter.ts';
import {
  EmbedKnowledgeUseCase,
  type EmbedKnowledgePorts,
} from '../../application/use-cases/embed-knowledge.ts';
import { GoldenGate } from '../../application/use-cases/golden-gate.ts';
import {
  FreeWriteLockUseCase,
  type FreeWriteLockPorts,
} from '../../application/use-cases/free-write-lock.ts';
import {
  HandleIncomingMessageUseCase,
  type HandleIncomingMessagePorts,
  type HandleIncomingMessageSettings,
} from '../../application/use-cases/handle-incoming-message.ts';
import { ListDeadLettersUseCase } from '../../application/use-cases/list-dead-letters.ts';
import { ListTurnsUseCase } from '../../application/use-cases/list-turns.ts';
import {
  InspectKnowledgeUseCase,
  type InspectKnowledgePorts,
} from '../../application/use-cases/inspect-knowledge.ts';
import {
  KnowledgeInspection,
  type KnowledgeInspectionPorts,
} from '../../application/use-cases/knowledge-inspection.ts';
import { PreviewKnowledgeUseCase } from '../../application/use-cases/preview-knowledge.ts';
import {
  PurgeStoreUseCase,
  type PurgeStorePorts,
} from '../../application/use-cases/purge-store.ts';
import {
  ReceiveMessageUseCase,
  type ReceiveMessagePorts,
} from '../../application/use-cases/receive-message.ts';
import { RefusedEchoes } from '../../application/use-cases/refused-echoes.ts';
import {
  ReloadKnowledgeUseCase,
  type ReloadKnowledgePorts,
} from '../../application/use-cases/reload-knowledge.ts';
import { ReportConversationsUseCase } from '../../application/use-cases/report-conversations.ts';
import {
  ReportHealthUseCase,
  type ReportHealthPorts,
} from '../../application/use-cases/report-health.ts';
import { ResetConversationUseCase } from '../../application/use-cases/reset-conversation.ts';
import { ResumeConversationUseCase } from '../../application/use-cases/resume-conversation.ts';
import { RetryDeadLetterUseCase } from '../../application/use-cases/retry-dead-letter.ts';
import { SearchKnowledgeUseCase } from '../../application/use-cases/search-knowledge.ts';
import {
  SendManualMessageUseCase,
  type SendManualMessagePorts,
} from '../../application/use-cases/send-manual-message.ts';
import { TakeOverConversationUseCase } from '../../application/use-cases/take-over-conversation.ts';
import {
  WatchProcessesUseCase,
  type WatchProcessesPorts,
} from '../../application/use-cases/watch-processes.ts';
import { type Clock } from '../../application/ports/outbound/clock.ts';
import { type Logger } from '../../application/ports/outbound/logger.ts';
import { retentionAges } from '../../domain/retention.ts';
import { type ScreeningPolicy } from '../../domain/screening.ts';
import { type Config } from '../config.ts';
import { TOKENS } from './tokens.ts';
import { type Wiring } from './wiring.ts';

interface EmbeddingPorts extends Omit<EmbedKnowledgePorts, 'similarity' | 'embedder'> {
  readonly similarity: EmbedKnowledgePorts['similarity'] | undefined;
  readonly embedder: EmbedKnowledgePorts['embedder'] | undefined;
}

/** What the application does, over its ports. */
export function bindUseCases(wiring: Wiring, config: Config): void {
  bindMessageWay(wiring, config);
  bindKnowledge(wiring, config);
  bindEmbedding(wiring);
  bindAdministration(wiring);
  bindDeadLetters(wiring);
  bindProcesses(wiring);
  bindPurge(wiring, config);
}

function bindMessageWay(wiring: Wiring, config: Config): void {
  const { inbox, outbox, conversations, dedup, instances, capacity } = TOKENS;
  const { knowledge, model, gateway, signal, clock, logger, meter, refusedEchoes } = TOKENS;
  wiring.bindValue(refusedEchoes, new RefusedEchoes());
  wiring.bindPorts(
    TOKENS.receiveMessage,
    (ports: ReceiveMessagePorts) => new ReceiveMessageUseCase(ports, screeningPolicy(config)),
    { inbox, capacity, instances, gateway, signal, clock, logger, meter, refusedEchoes },
  );
  wiring.bindPorts(
    TOKENS.handleIncomingMessage,
    (ports: HandleIncomingMessagePorts) =>
      new HandleIncomingMessageUseCase(ports, answerSettings(config)),
    { inbox, conversations, knowledge, model, gateway, dedup, clock, signal, logger, meter },
  );
  wiring.bindPorts(
    TOKENS.deliverReply,
    (ports: DeliverReplyPorts) => new DeliverReplyUseCase(ports),
    { outbox, gateway, signal, clock, logger, meter },
  );
  wiring.bindPorts(
    TOKENS.sendManualMessage,
    (ports: SendManualMessagePorts) => new SendManualMessageUseCase(ports),
    { outbox, instances, signal, clock },
  );
}

function bindKnowledge(wiring: Wiring, config: Config): void {
  const { knowledge, gate, inspection, generation, clock, logger, meter } = TOKENS;
  const { autoReload, gate: mode } = config.knowledge;
  const { timeZone } = config;
  wiring.bindPorts(
    gate,
    (ports: { readonly clock: Clock; readonly logger: Logger }) =>
      new GoldenGate(ports, { mode, timeZone }),
    { clock, logger },
  );
  wiring.bindPorts(
    inspection,
    (ports: KnowledgeInspectionPorts) => new KnowledgeInspection(ports, timeZone),
    { knowledge, clock, logger },
  );
  wiring.bindPorts(
    TOKENS.inspectKnowledge,
    (ports: InspectKnowledgePorts) => new InspectKnowledgeUseCase(ports),
    { knowledge, inspection, gate, turnLog: TOKENS.turnLog },
  );
  wiring.bindPorts(
    TOKENS.reloadKnowledge,
    (ports: ReloadKnowledgePorts) => new ReloadKnowledgeUseCase(ports, autoReload),
    { knowledge, gate, inspection, generation, logger, meter },
  );
  wiring.bindClass(TOKENS.previewKnowledge, PreviewKnowledgeUseCase, knowledge);
  wiring.bindClass(TOKENS.searchKnowledge, SearchKnowledgeUseCase, knowledge);
}

function bindEmbedding(wiring: Wiring): void {
  const { knowledge, similarity, embedder, embeddings, clock, logger } = TOKENS;
  wiring.bindPorts(
    TOKENS.embedKnowledge,
    (ports: EmbeddingPorts) =>
      ports.similarity === undefined || ports.embedder === undefined
        ? undefined
        : new EmbedKnowledgeUseCase({
            ...ports,
            similarity: ports.similarity,
            embedder: ports.embedder,
          }),
    { knowledge, similarity, embedder, embeddings, clock, logger },
  );
}

function bindAdministration(wiring: Wiring): void {
  const { inbox, outbox, deadLetters, conversations, takeovers, capacity } = TOKENS;
  const { instances, knowledge, gate, gateway, logger } = TOKENS;
  wiring.bindPorts(
    TOKENS.checkGateway,
    (ports: CheckGatewayPorts) => new CheckGatewayUseCase(ports),
    { gateway, instances, logger },
  );
  wiring.bindClass(TOKENS.resetConversation, ResetConversationUseCase, conversations);
  wiring.bindClass(TOKENS.takeOverConversation, TakeOverConversationUseCase, takeovers, logger);
  wiring.bindClass(TOKENS.resumeConversation, ResumeConversationUseCase, takeovers, logger);
  wiring.bindClass(TOKENS.reportConversations, ReportConversationsUseCase, conversations);
  wiring.bindClass(TOKENS.listTurns, ListTurnsUseCase, conversations);
  wiring.bindPorts(
    TOKENS.reportHealth,
    (ports: ReportHealthPorts) => new ReportHealthUseCase(ports),
    {
      inbox,
      outbox,
      deadLetters,
      knowledge,
      gate,
      embedding: TOKENS.embedKnowledge,
      instances,
      capacity,
    },
  );
}

function bindDeadLetters(wiring: Wiring): void {
  const { deadLetters, signal, logger } = TOKENS;
  wiring.bindClass(TOKENS.listDeadLetters, ListDeadLettersUseCase, deadLetters);
  wiring.bindClass(TOKENS.retryDeadLetter, RetryDeadLetterUseCase, deadLetters, signal, logger);
  wiring.bindClass(TOKENS.dismissDeadLetter, DismissDeadLetterUseCase, deadLetters, logger);
}

function bindProcesses(wiring: Wiring): void {
  const { registry, processes, writeLock: lock, clock, signal, logger, meter } = TOKENS;
  const { refusedEchoes } = TOKENS;
  wiring.bindPorts(
    TOKENS.watchProcesses,
    (ports: WatchProcessesPorts) => new WatchProcessesUseCase(ports),
    { registry, refusedEchoes, processes, signal, logger, meter },
  );
  wiring.bindPorts(
    TOKENS.freeWriteLock,
    (ports: FreeWriteLockPorts) => new FreeWriteLockUseCase(ports),
    { lock, processes, clock, logger },
  );
}

function bindPurge(wiring: Wiring, { limits }: Config): void {
  const { retention, clock, logger } = TOKENS;
  wiring.bindPorts(
    TOKENS.purgeStore,
    (ports: PurgeStorePorts) => new PurgeStoreUseCase(ports, retentionAges(limits.historyMs)),
    { retention, clock, logger },
  );
}

function screeningPolicy({ conversation, instance }: Config): ScreeningPolicy {
  const { ignoreFromMe, ignoredContacts, maxAgeMs } = conversation;
  return {
    ignoreFromMe,
    ignoredContacts,
    maxAgeMs,
    ...(instance === undefined ? {} : { instance }),
  };
}

function answerSettings({
  conversation,
  ai,
  timeZone,
  knowledge,
}: Config): HandleIncomingMessageSettings {
  const { repliesPerHour, askForText, apology, safeAnswer } = conversation;
  return {
    repliesPerHour,
    askForText,
    apology,
    safeAnswer,
    timeZone,
    // Without a model there is nobody to ask.
    rewording: knowledge.rewording && !ai.dryRun,
    ...(ai.dailyTokens === undefined ? {} : { dailyTokens: ai.dailyTokens }),
    ...(ai.price === undefined ? {} : { price: ai.price }),
  };
}
