import { z } from 'zod';
import { type DeleteOutcome } from '../../../application/ports/outbound/messaging-gateway.ts';
import { type SendOutcome } from '../../../domain/delivery.ts';
import { type MegaResponse } from './mega-http.ts';

type Answered = Extract<MegaResponse, { kind: 'answered' }>;

interface Pause {
  readonly retryAfterMs?: number;
}

/** The longest pause that a `Retry-After` is believed, ms. */
const LONGEST_PAUSE_MS = 3_600_000;

/** Nothing can be sent until somebody changes a setting; what to look at. */
const BLOCKED: ReadonlyMap<number, string> = new Map([
  [401, 'check MEGA_API_TOKEN'],
  [402, 'check the Mega account'],
  [403, 'check MEGA_API_TOKEN and the Mega account'],
  [404, 'check MEGA_INSTANCE_ID and MEGA_API_BASE_URL'],
  [405, 'check MEGA_API_BASE_URL'],
]);

/** Refused for what the message is. */
const REJECTED = new Set([400, 413, 422]);

const id = z.string().min(1).max(200).optional().catch(undefined);
const errorSchema = z.object({ error: z.unknown().optional() });
const namedSchema = z.object({ id, key: z.object({ id }).optional().catch(undefined) });

/** Mega documents no schema; these are the forms that are met. */
const sentSchema = namedSchema.extend({
  error: z.unknown().optional(),
  messageData: namedSchema.optional().catch(undefined),
});

/** What became of a send, by what Mega answered or how the connection ended. */
export function sendOutcomeOf(response: MegaResponse, now: number): SendOutcome {
  switch (response.kind) {
    case 'not_connected':
      return { kind: 'not_sent', reason: `Mega cannot be reached: ${response.reason}` };
    case 'no_answer':
      return { kind: 'unknown', reason: `no whole answer from Mega: ${response.reason}` };
    case 'answered':
      return byStatus(response, now);
  }
}

/**
 * - 2xx: sent, if Mega names the message and no error (it reports failures with HTTP 200, too).
 * - 3xx: nothing was done at this address; the base address is wrong until somebody corrects it.
 * - 4xx without a meaning of its own here (408, 409, 423 ...): not carried out, and worth another try.
 * - 5xx: may have been carried out, but for 503 with a Retry-After, which is an orderly refusal.
 */
function byStatus(response: Answered, now: number): SendOutcome {
  const { status } = response;
  if (status >= 200 && status < 300) return byBody(response);
  const reason = `HTTP ${status} from Mega`;
  const hint = BLOCKED.get(status) ?? (status < 400 ? 'check MEGA_API_BASE_URL' : undefined);
  if (hint !== undefined) return { kind: 'blocked', reason: `${reason}: ${hint}` };
  if (REJECTED.has(status)) return { kind: 'rejected', reason };
  const pause = pauseAskedFor(response, now);
  return isOrderly(status, pause)
    ? { kind: 'not_sent', reason, ...pause }
    : { kind: 'unknown', reason };
}

function isOrderly(status: number, pause: Pause): boolean {
  return status < 500 || (status === 503 && pause.retryAfterMs !== undefined);
}

function byBody({ text }: Answered): SendOutcome {
  const parsed = sentSchema.safeParse(jsonOf(text));
  if (!parsed.success) return { kind: 'unknown', reason: 'an unreadable answer from Mega' };
  if (saysError(parsed.data.error)) return { kind: 'unknown', reason: 'Mega reported an error' };
  const gatewayId = idIn(parsed.data.messageData) ?? idIn(parsed.data);
  return gatewayId === undefined
    ? { kind: 'unknown', reason: 'an answer without a message id from Mega' }
    : { kind: 'sent', gatewayId };
}

function idIn(message: z.infer<typeof namedSchema> | undefined): string | undefined {
  return message?.key?.id ?? message?.id;
}

/** What became of a deletion; Mega reports failures with HTTP 200, too. */
export function deleteOutcomeOf(response: MegaResponse): DeleteOutcome {
  if (response.kind !== 'answered') return notDeleted(`no answer from Mega: ${response.reason}`);
  const { status, text } = response;
  if (status < 200 || status >= 300) return notDeleted(`HTTP ${status} from Mega`);
  const parsed = errorSchema.safeParse(jsonOf(text));
  if (!parsed.success) return notDeleted('an unreadable answer from Mega');
  return saysError(parsed.data.error) ? notDeleted('Mega reported an error') : { kind: 'deleted' };
}

function notDeleted(reason: string): DeleteOutcome {
  return { kind: 'not_deleted', reason };
}

/** Whether an `error` field reports one; its forms are not documented. */
export function saysError(error: unknown): boolean {
  return Boolean(error);
}

/** What a text holds as JSON; `undefined` where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * `Retry-After` in seconds or as a date; nothing where there is none that can be read. A pause of 0
 * (also from a date gone by) is handed on as Mega said it: the deliveries' own back-off is the least.
 */
function pauseAskedFor({ retryAfter = '' }: Answered, now: number): Pause {
  const ms = /^\d{1,9}$/u.test(retryAfter)
    ? Number(retryAfter) * 1_000
    : Date.parse(retryAfter) - now;
  return Number.isNaN(ms) ? {} : { retryAfterMs: Math.min(Math.max(0, ms), LONGEST_PAUSE_MS) };
}
