import { APIConnectionTimeoutError, APIError } from 'openai';
import { LanguageModelError } from '../../../application/ports/outbound/language-model.ts';
import { AnswerTooLargeError } from './bounded-fetch.ts';

/** One try that brought nothing, and what may be done about it. */
export interface FailedTry {
  /** Names what happened, without a word that came from outside. */
  readonly error: LanguageModelError;
  readonly status?: number;
  readonly retry: boolean;
  /** How long the provider asks to be left alone, ms. */
  readonly retryAfterMs?: number;
}

/** What is read of the SDK's error, which leaves its type open. */
interface HttpFailure {
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  readonly code?: unknown;
  readonly type?: unknown;
}

/** What the operator can do, by HTTP status. */
const HINTS: Readonly<Record<number, string>> = {
  400: 'check MODEL_NAME and what the model supports',
  401: 'check OPENAI_API_KEY',
  403: 'check what OPENAI_API_KEY may do',
  404: 'check MODEL_NAME and OPENAI_BASE_URL',
  413: 'lower RAG_CONTEXT_TOKENS',
};

/** 408 and 409 are the provider's own way of asking for another try (its SDK repeats them too). */
const REPEATED = new Set([408, 409, 429]);

/** The account has no credit left: a 429 that no waiting will cure. */
const NO_CREDIT = 'insufficient_quota';

/**
 * Sorts what the SDK has thrown. Neither its message nor its cause is kept: they may quote the
 * request, the key's beginning or the answer.
 */
export function toFailedTry(thrown: unknown, now: number): FailedTry {
  if (thrown instanceof APIConnectionTimeoutError) return timedOut();
  if (thrown instanceof AnswerTooLargeError) return unusable('it is larger than 2 MB');
  if (!(thrown instanceof APIError)) {
    return unusable('not JSON, or cut off on its way');
  }
  const { code, headers, status, type } = thrown as HttpFailure;
  if (status === undefined) return unreachable();
  if (status === 429 && (code === NO_CREDIT || type === NO_CREDIT)) {
    return refused(status, "the account's credit is used up");
  }
  return byStatus(status, retryAfter(headers, now));
}

/** A call that was ended because it took too long. */
export function timedOut(): FailedTry {
  return {
    error: new LanguageModelError('unavailable', 'The model did not answer in time.'),
    retry: true,
  };
}

function unreachable(): FailedTry {
  return {
    error: new LanguageModelError(
      'unavailable',
      'The model could not be reached; check the network and OPENAI_BASE_URL.',
    ),
    retry: true,
  };
}

function unusable(why: string): FailedTry {
  return {
    error: new LanguageModelError('unusable', `The model's answer cannot be used: ${why}.`),
    retry: true,
  };
}

function byStatus(status: number, retryAfterMs: number | undefined): FailedTry {
  if (!REPEATED.has(status) && status < 500) {
    return refused(status, HINTS[status] ?? 'check OPENAI_BASE_URL');
  }
  return {
    error: new LanguageModelError('unavailable', `The model answered with HTTP ${status}.`),
    status,
    retry: true,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function refused(status: number, hint: string): FailedTry {
  const message = `The model refused the request with HTTP ${status}: ${hint}.`;
  return { error: new LanguageModelError('refused', message), status, retry: false };
}

/** `Retry-After` in seconds or as a date; `undefined` where there is none that can be read. */
function retryAfter(headers: Headers | undefined, now: number): number | undefined {
  const value = headers?.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}(?:\.\d{1,3})?$/u.test(value)) return Number(value) * 1_000;
  const date = value === '' ? Number.NaN : Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
