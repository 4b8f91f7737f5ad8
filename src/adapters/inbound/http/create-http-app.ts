import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';

import { type CheckGateway } from '../../../application/ports/inbound/check-gateway.ts';
import { type DismissDeadLetter } from '../../../application/ports/inbound/dismiss-dead-letter.ts';
import { type ListDeadLetters } from '../../../application/ports/inbound/list-dead-letters.ts';
import { type ListSandboxMessages } from '../../../application/ports/inbound/list-sandbox-messages.ts';
import { type ListTurns } from '../../../application/ports/inbound/list-turns.ts';
import { type ReceiveMessage } from '../../../application/ports/inbound/receive-message.ts';
import { type ReportConversations } from '../../../application/ports/inbound/report-conversations.ts';
import { type ReportHealth } from '../../../application/ports/inbound/report-health.ts';
import { type ReportMetrics } from '../../../application/ports/inbound/report-metrics.ts';
import { type ResetConversation } from '../../../application/ports/inbound/reset-conversation.ts';
import { type ResumeConversation } from '../../../application/ports/inbound/resume-conversation.ts';
import { type RetryDeadLetter } from '../../../application/ports/inbound/retry-dead-letter.ts';
import { type SendManualMessage } from '../../../application/ports/inbound/send-manual-message.ts';
import { type TakeOverConversation } from '../../../application/ports/inbound/take-over-conversation.ts';
import { type Clock } from '../../../application/ports/outbound/clock.ts';
import { type Logger } from '../../../application/ports/outbound/logger.ts';
import { type Meter } from '../../../application/ports/outbound/meter.ts';
import { AdminAuthorisation } from './authorisation.ts';
import { ConversationsController } from './conversations-controller.ts';
import { DeadLettersController } from './dead-letters-controller.ts';
import { createErrorHandler } from './error-handler.ts';
import { HealthController } from './health-controller.ts';
import { type HttpSettings } from './http-settings.ts';
import { KnowledgeController, type KnowledgePorts } from './knowledge-controller.ts';
import { closeAfterLargeBody, MAX_BODY_BYTES, refuseLargeBody } from './large-body.ts';
import { MessagesController } from './messages-controller.ts';
import { MetricsController } from './metrics-controller.ts';
import { openApiDocument } from './openapi.ts';
import { sendProblem } from './problem-details.ts';
import { readBody } from './read-body.ts';
import { requestIdOf } from './request-id.ts';
import { TakeoversController } from './takeovers-controller.ts';
import { TurnsController } from './turns-controller.ts';
import { type ReadWebhookBody, WebhookController } from './webhook-controller.ts';

/** What the HTTP surface drives, and what it needs itself. */
export interface HttpPorts extends KnowledgePorts {
  readonly receiveMessage: ReceiveMessage;
  readonly readWebhookBody: ReadWebhookBody;
  readonly reportHealth: ReportHealth;
  readonly checkGateway: CheckGateway;
  readonly sendManualMessage: SendManualMessage;
  readonly resetConversation: ResetConversation;
  readonly takeOverConversation: TakeOverConversation;
  readonly resumeConversation: ResumeConversation;
  readonly reportConversations: ReportConversations;
  readonly listTurns: ListTurns;
  readonly listDeadLetters: ListDeadLetters;
  readonly retryDeadLetter: RetryDeadLetter;
  readonly dismissDeadLetter: DismissDeadLetter;
  readonly reportMetrics: ReportMetrics;
  /** Given only where the sandbox stands in for the gateway. */
  readonly listSandboxMessages?: ListSandboxMessages;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly meter: Pick<Meter, 'messageIgnored'>;
}

/**
 * The whole HTTP surface, without a server. The order is the order of trust: the gateway's webhook
 * (first, since its speed counts and it needs no browser's headers), health for anybody, and
 * everything else, unknown paths too, behind the admin's authorisation.
 */
export function createHttpApp(ports: HttpPorts, settings: HttpSettings): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // The proxy of this machine says who called; nobody else is believed.
  app.set('trust proxy', 'loopback');

  app.use(closeAfterLargeBody);
  mountWebhook(app, ports, settings);
  app.use(helmet(), withCommonHeaders);
  mountHealth(app, ports, settings);
  const authorisation = new AdminAuthorisation(settings.adminToken, ports.clock, ports.logger);
  app.use((request, response, next) => {
    authorisation.check(request, response, next);
  });
  mountMessages(app, ports, settings);
  mountKnowledge(app, ports);
  mountConversations(app, ports);
  mountTakeovers(app, ports);
  mountDeadLetters(app, ports);
  mountMetrics(app, ports);
  const document = openApiDocument(settings.version);
  app
    .route('/openapi.json')
    .get((_request, response) => void response.json(document))
    .all(allowOnly('GET, HEAD'));

  app.use((request, response) => {
    sendProblem(request, response, {
      status: 404,
      detail: 'There is no such route. GET /openapi.json lists them all.',
    });
  });
  app.use(createErrorHandler(ports.logger));
  return app;
}

function mountWebhook(app: Express, ports: HttpPorts, settings: HttpSettings): void {
  const webhook = new WebhookController(ports, settings.webhookToken);
  app
    .route(['/webhook', '/webhook/:token'])
    .post(
      (request, response, next) => {
        webhook.authorise(request, response, next);
      },
      refuseLargeBody,
      readBody,
      (request, response) => webhook.receive(request, response),
    )
    .all(allowOnly('POST'));
}

function mountHealth(app: Express, ports: HttpPorts, settings: HttpSettings): void {
  const health = new HealthController(ports.reportHealth, settings);
  app
    .route('/health')
    .get((request, response) => health.show(request, response))
    .all(allowOnly('GET, HEAD'));
  app
    .route('/health/live')
    .get((request, response) => {
      health.showLive(request, response);
    })
    .all(allowOnly('GET, HEAD'));
  app
    .route('/health/ready')
    .get((request, response) => health.showReady(request, response))
    .all(allowOnly('GET, HEAD'));
}

function mountMessages(app: Express, ports: HttpPorts, settings: HttpSettings): void {
  const messages = new MessagesController(ports, settings);
  app
    .route('/send-message')
    .post(
      refuseLargeBody,
      express.json({ type: () => true, limit: MAX_BODY_BYTES }),
      (request, response) => messages.send(request, response),
    )
    .all(allowOnly('POST'));
  app
    .route('/mega-status')
    .get((request, response) => messages.showGatewayStatus(request, response))
    .all(allowOnly('GET, HEAD'));
  app
    .route('/sandbox/messages')
    .get((request, response) => {
      messages.listSandbox(request, response);
    })
    .all(allowOnly('GET, HEAD'));
}

function mountKnowledge(app: Express, ports: HttpPorts): void {
  const knowledge = new KnowledgeController(ports);
  app
    .route('/reload-context')
    .post((request, response) => knowledge.reload(request, response))
    .all(allowOnly('POST'));
  app
    .route('/context/preview')
    .get((request, response) => {
      knowledge.preview(request, response);
    })
    .all(allowOnly('GET, HEAD'));
  app
    .route('/context/health')
    .get((request, response) => knowledge.showHealth(request, response))
    .all(allowOnly('GET, HEAD'));
  app
    .route('/context/search')
    .get((request, response) => knowledge.search(request, response))
    .all(allowOnly('GET, HEAD'));
}

function mountConversations(app: Express, ports: HttpPorts): void {
  const conversations = new ConversationsController(
    ports.resetConversation,
    ports.reportConversations,
  );
  app
    .route('/reset-conversation/:phone')
    .post((request, response) => conversations.reset(request, response))
    .all(allowOnly('POST'));
  app
    .route('/conversation-stats')
    .get((request, response) => conversations.showStatistics(request, response))
    .all(allowOnly('GET, HEAD'));
  const turns = new TurnsController(ports.listTurns);
  app
    .route('/turns')
    .get((request, response) => turns.list(request, response))
    .all(allowOnly('GET, HEAD'));
}

function mountTakeovers(app: Express, ports: HttpPorts): void {
  const takeovers = new TakeoversController(ports.takeOverConversation, ports.resumeConversation);
  app
    .route('/conversations/:id/pause')
    .post(express.json({ type: () => true, limit: MAX_BODY_BYTES }), (request, response) =>
      takeovers.pause(request, response),
    )
    .all(allowOnly('POST'));
  app
    .route('/conversations/:id/resume')
    .post((request, response) => takeovers.resume(request, response))
    .all(allowOnly('POST'));
}

function mountDeadLetters(app: Express, ports: HttpPorts): void {
  const { listDeadLetters, retryDeadLetter, dismissDeadLetter } = ports;
  const letters = new DeadLettersController(listDeadLetters, retryDeadLetter, dismissDeadLetter);
  app
    .route('/dead-letters')
    .get((request, response) => letters.list(request, response))
    .all(allowOnly('GET, HEAD'));
  app
    .route('/dead-letters/:id/retry')
    .post((request, response) => letters.retry(request, response))
    .all(allowOnly('POST'));
  app
    .route('/dead-letters/:id/dismiss')
    .post((request, response) => letters.dismiss(request, response))
    .all(allowOnly('POST'));
}

function mountMetrics(app: Express, { reportMetrics }: HttpPorts): void {
  const metrics = new MetricsController(reportMetrics);
  app
    .route('/metrics')
    .get((request, response) => metrics.show(request, response))
    .all(allowOnly('GET, HEAD'));
}

/** Marks the answer with the request's id, and keeps it out of caches: some answers name customers. */
const withCommonHeaders: RequestHandler = (request, response, next) => {
  requestIdOf(request, response);
  response.set('Cache-Control', 'no-store');
  next();
};

function allowOnly(methods: string): RequestHandler {
  return (request, response) => {
    sendProblem(request, response, {
      status: 405,
      detail: `This route takes ${methods} only.`,
      headers: { Allow: methods },
    });
  };
}
