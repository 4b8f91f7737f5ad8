import { type Express } from 'express';

import { createHttpApp } from '../../src/adapters/inbound/http/create-http-app.ts';
import { type HttpSettings } from '../../src/adapters/inbound/http/http-settings.ts';
import { type ReadWebhookBody } from '../../src/adapters/inbound/http/webhook-controller.ts';
import { type DeadLetterListing } from '../../src/application/ports/inbound/list-dead-letters.ts';
import { type ListSandboxMessages } from '../../src/application/ports/inbound/list-sandbox-messages.ts';
import { type HealthReport } from '../../src/application/ports/inbound/report-health.ts';
import {
  type Receipt,
  type WebhookDelivery,
} from '../../src/application/ports/inbound/receive-message.ts';
import { type FoundKnowledge } from '../../src/application/ports/inbound/search-knowledge.ts';
import { type ManualSendOutcome } from '../../src/application/ports/inbound/send-manual-message.ts';
import {
  type DeadLetterPage,
  type RetryOutcome,
} from '../../src/application/ports/outbound/dead-letters.ts';
import {
  type ConversationSummary,
  type EndedTurn,
  type TurnFilter,
} from '../../src/application/ports/outbound/conversation-store.ts';
import { type KnowledgeHealth } from '../../src/application/ports/inbound/inspect-knowledge.ts';
import { type ReloadOutcome } from '../../src/application/ports/inbound/reload-knowledge.ts';
import { type KnowledgeSnapshot } from '../../src/application/ports/outbound/knowledge-store.ts';
import { NO_QUESTIONS } from '../../src/domain/knowledge/golden-report.ts';
import { type MetricsPage } from '../../src/application/ports/outbound/exposition.ts';
import { type GatewayStatus } from '../../src/application/ports/outbound/messaging-gateway.ts';
import {
  type ContactReference,
  type TakenConversation,
} from '../../src/application/ports/outbound/takeovers.ts';
import { type ContactId, type Jid } from '../../src/domain/contact.ts';
import { type DeadLetterReference } from '../../src/domain/dead-letter.ts';
import { type OutboxId } from '../../src/domain/delivery.ts';
import { ManualClock } from '../doubles/manual-clock.ts';
import { RecordingLogger } from '../doubles/recording-logger.ts';
import { RecordingMeter } from '../doubles/recording-meter.ts';
import { ScriptedUseCase } from '../doubles/scripted-use-case.ts';

export const A_HEALTH_REPORT: HealthReport = {
  ready: true,
  contextLoaded: true,
  knowledge: {
    version: 'v-1a2b',
    documents: 5,
    passages: 40,
    filesSkipped: 1,
    questions: 12,
    questionsFailed: 1,
    changeRefused: false,
  },
  inboxDepth: 3,
  outboxDepth: 2,
  deadLetters: 4,
};

export const A_SNAPSHOT: KnowledgeSnapshot = {
  version: 'v-1a2b',
  text: '=== cursos.txt ===\nPreço: R$ 497',
  documents: 5,
  passages: 40,
  skipped: [{ file: 'foto.txt', reason: 'não é um arquivo de texto' }],
  exactWordsOnly: false,
  persona: 'Lia',
};

/** Reads no payload: any JSON is one event that nobody can make out. */
const readAnyJson: ReadWebhookBody = (body) => {
  try {
    JSON.parse(Buffer.from(body).toString('utf8'));
    return { kind: 'events', events: [{ type: 'unreadable' }] };
  } catch {
    return { kind: 'invalid_json' };
  }
};

const SETTINGS: HttpSettings = { version: '3.0.0', aiMode: 'DRY_RUN', megaConfigured: true };

/** The use cases behind the HTTP surface, each answering well until a test says otherwise. */
function scriptedPorts() {
  return {
    receiveMessage: new ScriptedUseCase<[WebhookDelivery], Promise<Receipt>>(() =>
      Promise.resolve({ status: 'processing' }),
    ),
    reportHealth: new ScriptedUseCase<[], Promise<HealthReport>>(() =>
      Promise.resolve(A_HEALTH_REPORT),
    ),
    reloadKnowledge: new ScriptedUseCase<['start' | 'poll' | 'request'], Promise<ReloadOutcome>>(
      () => Promise.resolve({ snapshot: A_SNAPSHOT, changed: true, golden: NO_QUESTIONS }),
    ),
    previewKnowledge: new ScriptedUseCase<
      [number],
      { preview: string; len: number; version: string }
    >(() => ({ preview: '=== cursos.txt ===', len: 33, version: 'v-1a2b' })),
    inspectKnowledge: new ScriptedUseCase<[], Promise<KnowledgeHealth>>(() =>
      Promise.resolve({
        version: 'v-1a2b',
        notices: [],
        golden: NO_QUESTIONS,
        unanswered: { days: 30, count: 0, questions: [] },
      }),
    ),
    searchKnowledge: new ScriptedUseCase<[string, number], Promise<FoundKnowledge>>(() =>
      Promise.resolve({ passages: [], words: [], whole: false, version: 'v-1a2b' }),
    ),
    checkGateway: new ScriptedUseCase<[], Promise<GatewayStatus>>(() =>
      Promise.resolve({ kind: 'answered', connected: true, body: { instance: 'connected' } }),
    ),
    sendManualMessage: new ScriptedUseCase<[Jid, string], Promise<ManualSendOutcome>>(() =>
      Promise.resolve({ outcome: 'sent', id: 7 as OutboxId }),
    ),
    resetConversation: new ScriptedUseCase<[Jid], Promise<boolean>>(() => Promise.resolve(true)),
    takeOverConversation: new ScriptedUseCase<
      [ContactReference, number?],
      Promise<TakenConversation | undefined>
    >(() => Promise.resolve({ contactId: 17 as ContactId, pause: { by: 'request' } })),
    resumeConversation: new ScriptedUseCase<
      [ContactReference],
      Promise<TakenConversation | undefined>
    >(() => Promise.resolve({ contactId: 17 as ContactId })),
    reportConversations: new ScriptedUseCase<[], Promise<readonly ConversationSummary[]>>(() =>
      Promise.resolve([]),
    ),
    listTurns: new ScriptedUseCase<[TurnFilter], Promise<readonly EndedTurn[]>>(() =>
      Promise.resolve([]),
    ),
    listDeadLetters: new ScriptedUseCase<[DeadLetterPage], Promise<DeadLetterListing>>(() =>
      Promise.resolve({ total: 0, letters: [], hasMore: false }),
    ),
    retryDeadLetter: new ScriptedUseCase<[DeadLetterReference], Promise<RetryOutcome>>(() =>
      Promise.resolve({ status: 'retried', contactId: 17 as ContactId }),
    ),
    dismissDeadLetter: new ScriptedUseCase<[DeadLetterReference], Promise<ContactId | undefined>>(
      () => Promise.resolve(17 as ContactId),
    ),
    reportMetrics: new ScriptedUseCase<[], Promise<MetricsPage>>(() =>
      Promise.resolve({ contentType: 'text/plain; version=0.0.4; charset=utf-8', text: 'up 1\n' }),
    ),
  };
}

interface HttpHarness {
  readonly app: Express;
  readonly ports: ReturnType<typeof scriptedPorts>;
  readonly clock: ManualClock;
  readonly logger: RecordingLogger;
  readonly meter: RecordingMeter;
}

/** The HTTP surface over scripted use cases; no sandbox unless one is given. */
export function anHttpHarness(
  settings: Partial<HttpSettings> = {},
  listSandboxMessages?: ListSandboxMessages,
): HttpHarness {
  const ports = scriptedPorts();
  const clock = new ManualClock();
  const logger = new RecordingLogger();
  const meter = new RecordingMeter();
  const sandbox = listSandboxMessages === undefined ? {} : { listSandboxMessages };
  const app = createHttpApp(
    { ...ports, ...sandbox, readWebhookBody: readAnyJson, clock, logger, meter },
    { ...SETTINGS, ...settings },
  );
  return { app, ports, clock, logger, meter };
}
