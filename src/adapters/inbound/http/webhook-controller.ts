import { type NextFunction, type Request, type Response } from 'express';

import { type ReceiveMessage } from '../../../application/ports/inbound/receive-message.ts';
import { type Clock } from '../../../application/ports/outbound/clock.ts';
import { type Logger } from '../../../application/ports/outbound/logger.ts';
import { type Meter } from '../../../application/ports/outbound/meter.ts';
import { type GatewayEvent } from '../../../domain/incoming-message.ts';
import { sendProblem } from './problem-details.ts';
import { RefusalLog } from './refusal-log.ts';
import { requestIdOf } from './request-id.ts';
import { SecretToken } from './secret-token.ts';

/** Translates a webhook body; never throws, whatever the bytes. */
export type ReadWebhookBody = (
  body: Uint8Array,
) =>
  | { readonly kind: 'events'; readonly events: readonly GatewayEvent[] }
  | { readonly kind: 'invalid_json' };

interface WebhookPorts {
  readonly receiveMessage: ReceiveMessage;
  readonly readWebhookBody: ReadWebhookBody;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly meter: Pick<Meter, 'messageIgnored'>;
}

const NO_BODY = new Uint8Array();

// The answer to nearly every request is one of these two, so they are written once and past Express's own JSON path.
const PROCESSING = JSON.stringify({ status: 'processing' });
const INVALID_JSON = JSON.stringify({ status: 'ignored', reason: 'invalid_json' });

/** Takes the gateway's webhooks. The gateway can send no header, so its token stands in the URL. */
export class WebhookController {
  readonly #token: SecretToken | undefined;
  readonly #refusals: RefusalLog;

  constructor(
    private readonly ports: WebhookPorts,
    webhookToken: string | undefined,
  ) {
    const { clock, logger } = ports;
    this.#refusals = new RefusalLog('webhook refused: wrong or missing token', clock, logger);
    this.#token = webhookToken === undefined ? undefined : new SecretToken(webhookToken);
  }

  /** Ends a request without the right token before its body is read. */
  authorise(request: Request, response: Response, next: NextFunction): void {
    if (this.#token === undefined || this.#token.matches(shownToken(request))) {
      next();
      return;
    }
    this.#refusals.add({
      requestId: requestIdOf(request, response),
      hint: 'the webhook URL set in the Mega API panel must end in /webhook/ and the value of WEBHOOK_TOKEN',
    });
    sendProblem(request, response, {
      status: 401,
      detail: 'The token in the URL is missing or wrong.',
    });
  }

  /** Answers in v2.1's words, once what has to be kept is on disk. */
  async receive(request: Request, response: Response): Promise<void> {
    const requestId = requestIdOf(request, response);
    const body: Uint8Array = request.body instanceof Uint8Array ? request.body : NO_BODY;
    const content = this.ports.readWebhookBody(body);
    if (content.kind === 'invalid_json') {
      this.ports.logger.info('webhook ignored', { requestId, reason: content.kind });
      this.ports.meter.messageIgnored(content.kind);
      answer(response, INVALID_JSON);
      return;
    }
    const { events } = content;
    const receipt = await this.ports.receiveMessage.execute({ events, body, requestId });
    if (receipt.status === 'processing') answer(response, PROCESSING);
    else answer(response, JSON.stringify({ status: 'ignored', reason: receipt.reason }));
  }
}

function shownToken(request: Request): string {
  const { token = request.query['token'] } = request.params;
  // A repeated `?token=` comes as a list.
  return typeof token === 'string' ? token : '';
}

function answer(response: Response, body: string): void {
  response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
  });
  response.end(body);
}
