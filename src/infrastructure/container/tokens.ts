import { type Express } from 'express';
import { type PeriodicTask } from '../../adapters/inbound/worker/periodic-task.ts';
import { type Worker } from '../../adapters/inbound/worker/worker.ts';
import { type EventLoopWatch } from '../../adapters/outbound/system/event-loop-watch.ts';
import { type CheckGateway } from '../../application/ports/inbound/check-gateway.ts';
import { type DeliverReply } from '../../application/ports/inbound/deliver-reply.ts';
import { type DismissDeadLetter } from '../../application/ports/inbound/dismiss-dead-letter.ts';
import { type EmbedKnowledge } from '../../application/ports/inbound/embed-knowledge.ts';
import { type FreeWriteLock } from '../../application/ports/inbound/free-write-lock.ts';
import { type HandleIncomingMessage } from '../../application/ports/inbound/handle-incoming-message.ts';
import { type ListDeadLetters } from '../../application/ports/inbound/list-dead-letters.ts';
import { type InspectKnowledge } from '../../application/ports/inbound/inspect-knowledge.ts';
import { type ListSandboxMessages } from '../../application/ports/inbound/list-sandbox-messages.ts';
import { type ListTurns } from '../../application/ports/inbound/list-turns.ts';
import { type PreviewKnowledge } from '../../application/ports/inbound/preview-knowledge.ts';
import { type PurgeStore } from '../../application/ports/inbound/purge-store.ts';
import { type ReceiveMessage } from '../../application/ports/inbound/receive-message.ts';
import { type ReloadKnowledge } from '../../application/ports/inbound/reload-knowledge.ts';
import { type ReportConversations } from '../../application/ports/inbound/report-conversations.ts';
import { type ReportHealth } from '../../application/ports/inbound/report-health.ts';
import { type ReportMetrics } from '../../application/ports/inbound/report-metrics.ts';
import { type ResetConversation } from '../../application/ports/inbound/reset-conversation.ts';
import { type ResumeConversation } from '../../application/ports/inbound/resume-conversation.ts';
import { type RetryDeadLetter } from '../../application/ports/inbound/retry-dead-letter.ts';
import { type SearchKnowledge } from '../../application/ports/inbound/search-knowledge.ts';
import { type SendManualMessage } from '../../application/ports/inbound/send-manual-message.ts';
import { type TakeOverConversation } from '../../application/ports/inbound/take-over-conversation.ts';
import { type Capacity } from '../../application/ports/outbound/capacity.ts';
import { type WatchProcesses } from '../../application/ports/inbound/watch-processes.ts';
import { type Clock } from '../../application/ports/outbound/clock.ts';
import { type ConversationStore } from '../../application/ports/outbound/conversation-store.ts';
import { type DeadLetters } from '../../application/ports/outbound/dead-letters.ts';
import { type DedupCache } from '../../application/ports/outbound/dedup-cache.ts';
import { type Embedder } from '../../application/ports/outbound/embedder.ts';
import { type EmbeddingStore } from '../../application/ports/outbound/embedding-store.ts';
import { type Exposition } from '../../application/ports/outbound/exposition.ts';
import { type Inbox } from '../../application/ports/outbound/inbox.ts';
import { type InstanceStore } from '../../application/ports/outbound/instance-store.ts';
import { type KnowledgeGeneration } from '../../application/ports/outbound/knowledge-generation.ts';
import { type KnowledgeStore } from '../../application/ports/outbound/knowledge-store.ts';
import { type LanguageModel } from '../../application/ports/outbound/language-model.ts';
import { type Logger } from '../../application/ports/outbound/logger.ts';
import { type Meter } from '../../application/ports/outbound/meter.ts';
import { type MessagingGateway } from '../../application/ports/outbound/messaging-gateway.ts';
import { type Outbox } from '../../application/ports/outbound/outbox.ts';
import { type PassageSimilarity } from '../../application/ports/outbound/passage-similarity.ts';
import { type ProcessRegistry } from '../../application/ports/outbound/process-registry.ts';
import { type ProcessTable } from '../../application/ports/outbound/process-table.ts';
import { type Retention } from '../../application/ports/outbound/retention.ts';
import { type Takeovers } from '../../application/ports/outbound/takeovers.ts';
import { type TurnLog } from '../../application/ports/outbound/turn-log.ts';
import { type WorkSignal } from '../../application/ports/outbound/work-signal.ts';
import { type WriteLock } from '../../application/ports/outbound/write-lock.ts';
import { type GoldenGate } from '../../application/use-cases/golden-gate.ts';
import { type KnowledgeInspection } from '../../application/use-cases/knowledge-inspection.ts';
import { type RefusedEchoes } from '../../application/use-cases/refused-echoes.ts';
import { type Delivery } from '../../domain/delivery.ts';
import { type Turn } from '../../domain/turn.ts';
import { token } from './wiring.ts';

/** Everything that is wired, by what it provides. */
export const TOKENS = {
  clock: token<Clock>('clock'),
  logger: token<Logger>('logger'),
  signal: token<WorkSignal>('signal'),

  meter: token<Meter>('meter'),
  exposition: token<Exposition>('exposition'),
  eventLoopWatch: token<EventLoopWatch>('eventLoopWatch'),

  capacity: token<Capacity>('capacity'),
  inbox: token<Inbox>('inbox'),
  outbox: token<Outbox>('outbox'),
  conversations: token<ConversationStore>('conversations'),
  takeovers: token<Takeovers>('takeovers'),
  deadLetters: token<DeadLetters>('deadLetters'),
  dedup: token<DedupCache>('dedup'),
  instances: token<InstanceStore>('instances'),
  generation: token<KnowledgeGeneration>('generation'),
  registry: token<ProcessRegistry>('registry'),
  processes: token<ProcessTable>('processes'),
  retention: token<Retention>('retention'),
  turnLog: token<TurnLog>('turnLog'),
  writeLock: token<WriteLock>('writeLock'),

  embeddings: token<EmbeddingStore>('embeddings'),
  /** `undefined` without EMBEDDING_MODEL, and so are the two that need it. */
  embedder: token<Embedder | undefined>('embedder'),
  similarity: token<PassageSimilarity | undefined>('similarity'),
  embedKnowledge: token<EmbedKnowledge | undefined>('embedKnowledge'),
  knowledge: token<KnowledgeStore>('knowledge'),
  gate: token<GoldenGate>('gate'),
  inspection: token<KnowledgeInspection>('inspection'),
  model: token<LanguageModel>('model'),
  gateway: token<MessagingGateway>('gateway'),
  /** `undefined` when Mega is configured. */
  sandbox: token<ListSandboxMessages | undefined>('sandbox'),

  receiveMessage: token<ReceiveMessage>('receiveMessage'),
  handleIncomingMessage: token<HandleIncomingMessage>('handleIncomingMessage'),
  deliverReply: token<DeliverReply>('deliverReply'),
  reloadKnowledge: token<ReloadKnowledge>('reloadKnowledge'),
  previewKnowledge: token<PreviewKnowledge>('previewKnowledge'),
  inspectKnowledge: token<InspectKnowledge>('inspectKnowledge'),
  searchKnowledge: token<SearchKnowledge>('searchKnowledge'),
  sendManualMessage: token<SendManualMessage>('sendManualMessage'),
  checkGateway: token<CheckGateway>('checkGateway'),
  refusedEchoes: token<RefusedEchoes>('refusedEchoes'),
  watchProcesses: token<WatchProcesses>('watchProcesses'),
  freeWriteLock: token<FreeWriteLock>('freeWriteLock'),
  purgeStore: token<PurgeStore>('purgeStore'),
  resetConversation: token<ResetConversation>('resetConversation'),
  takeOverConversation: token<TakeOverConversation>('takeOverConversation'),
  resumeConversation: token<ResumeConversation>('resumeConversation'),
  listDeadLetters: token<ListDeadLetters>('listDeadLetters'),
  retryDeadLetter: token<RetryDeadLetter>('retryDeadLetter'),
  dismissDeadLetter: token<DismissDeadLetter>('dismissDeadLetter'),
  reportConversations: token<ReportConversations>('reportConversations'),
  listTurns: token<ListTurns>('listTurns'),
  reportHealth: token<ReportHealth>('reportHealth'),
  reportMetrics: token<ReportMetrics>('reportMetrics'),

  httpApp: token<Express>('httpApp'),
  turnWorker: token<Worker<Turn>>('turnWorker'),
  deliveryWorker: token<Worker<Delivery>>('deliveryWorker'),
  periodicTasks: token<readonly PeriodicTask[]>('periodicTasks'),
} as const;
