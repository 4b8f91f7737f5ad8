import { z } from 'zod';
import { type Clock } from '../../../application/ports/outbound/clock.ts';
import {
  type DeleteOutcome,
  type GatewayStatus,
  type MessagingGateway,
  type OwnMessage,
} from '../../../application/ports/outbound/messaging-gateway.ts';
import { type Jid } from '../../../domain/contact.ts';
import { type SendOutcome } from '../../../domain/delivery.ts';
import { MegaHttp } from './mega-http.ts';
import { deleteOutcomeOf, jsonOf, saysError, sendOutcomeOf } from './send-outcome.ts';

/** Which instance is spoken for, and where. */
export interface MegaOptions {
  readonly baseUrl: string;
  readonly token: string;
  readonly instance: string;
}

/** Must stay below the delivery's lease. */
const SEND_TIMEOUT_MS = 10_000;
const STATUS_TIMEOUT_MS = 10_000;
const TYPING_TIMEOUT_MS = 5_000;
const DELETE_TIMEOUT_MS = 10_000;

const MAX_ANSWER_BYTES = 1_048_576;
/** What is shown to an operator as it is. */
const MAX_STATUS_BYTES = 65_536;

/** What `connected` is read from; Mega says one or the other. */
const CONNECTED = new Set(['connected', 'open']);

const connectedSchema = z.object({
  error: z.unknown().optional(),
  instance: z.object({
    status: z.string(),
    user: z.object({ id: z.string().min(1) }),
  }),
});

/** What to look at when the state cannot be had, by HTTP status. */
const STATUS_HINTS: ReadonlyMap<number, string> = new Map([
  [401, ': check MEGA_API_TOKEN'],
  [403, ': check MEGA_API_TOKEN'],
  [404, ': check MEGA_INSTANCE_ID and MEGA_API_BASE_URL'],
]);

/** Sends through Mega API. */
export class MegaMessagingGateway implements MessagingGateway {
  private readonly http: MegaHttp;
  private readonly instance: string;

  constructor(
    options: MegaOptions,
    private readonly clock: Clock,
  ) {
    this.http = new MegaHttp(options.baseUrl, options.token, clock);
    this.instance = encodeURIComponent(options.instance);
  }

  async sendText(to: Jid, text: string): Promise<SendOutcome> {
    const response = await this.http.send({
      method: 'POST',
      path: `/rest/sendMessage/${this.instance}/text`,
      body: { messageData: { to, text } },
      timeoutMs: SEND_TIMEOUT_MS,
      maxBytes: MAX_ANSWER_BYTES,
    });
    return sendOutcomeOf(response, this.clock.now());
  }

  async showTyping(to: Jid): Promise<void> {
    await this.http.send({
      method: 'POST',
      path: `/rest/chat/${this.instance}/presenceUpdateChat`,
      // Unlike a text, this one is not wrapped in `messageData`.
      body: { to, option: 'composing' },
      timeoutMs: TYPING_TIMEOUT_MS,
      maxBytes: MAX_STATUS_BYTES,
    });
  }

  async deleteOwn({ chat, id, sentAt }: OwnMessage): Promise<DeleteOutcome> {
    const key = { remoteJid: chat, fromMe: true, id };
    const messageTimestamp = Math.floor(sentAt / 1_000);
    const response = await this.http.send({
      method: 'POST',
      path: `/rest/chat/${this.instance}/deleteMessageFromMe`,
      body: { messageData: { to: chat, key, messageTimestamp } },
      timeoutMs: DELETE_TIMEOUT_MS,
      maxBytes: MAX_STATUS_BYTES,
    });
    return deleteOutcomeOf(response);
  }

  async status(): Promise<GatewayStatus> {
    const response = await this.http.send({
      method: 'GET',
      path: `/rest/instance/${this.instance}`,
      timeoutMs: STATUS_TIMEOUT_MS,
      maxBytes: MAX_STATUS_BYTES,
    });
    if (response.kind !== 'answered') {
      return { kind: 'unreachable', reason: `no answer from Mega: ${response.reason}` };
    }
    const { status, text } = response;
    if (status < 200 || status >= 300) {
      const hint = STATUS_HINTS.get(status) ?? '';
      return { kind: 'unreachable', reason: `HTTP ${status} from Mega${hint}` };
    }
    const body = jsonOf(text);
    return typeof body === 'object' && body !== null
      ? { kind: 'answered', connected: isConnected(body), body }
      : { kind: 'unreachable', reason: 'an unreadable answer from Mega' };
  }
}

/** What Mega says of a lost connection is not documented; whatever is not known to be one is none. */
function isConnected(body: unknown): boolean {
  const parsed = connectedSchema.safeParse(body);
  return (
    parsed.success && !saysError(parsed.data.error) && CONNECTED.has(parsed.data.instance.status)
  );
}
