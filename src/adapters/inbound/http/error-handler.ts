import { type ErrorRequestHandler } from 'express';

import { type Logger } from '../../../application/ports/outbound/logger.ts';
import { StoreUnavailableError } from '../../../application/ports/outbound/store-unavailable-error.ts';
import { TOO_LARGE } from './large-body.ts';
import { type Problem, sendProblem } from './problem-details.ts';
import { requestIdOf } from './request-id.ts';

const BODY_PROBLEMS: ReadonlyMap<unknown, string> = new Map([
  ['entity.too.large', TOO_LARGE],
  ['entity.parse.failed', 'The body is not valid JSON.'],
  ['charset.unsupported', 'The body is in an unknown character set; send UTF-8.'],
  ['encoding.unsupported', 'The body is in an unknown content encoding; send it as it is.'],
]);

const UNEXPECTED: Problem = {
  status: 500,
  detail: 'Something went wrong here. The log has more under this request id.',
};

/**
 * The one place where a thrown error becomes an answer. What nobody expected is logged by name and
 * place and never shown; its message is not logged, since it may hold a text or a secret.
 */
export function createErrorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const problem = problemOf(error);
    if (problem === undefined) {
      logger.error('request failed unexpectedly', {
        requestId: requestIdOf(request, response),
        ...placeOf(error),
      });
    }
    if (response.headersSent) response.destroy();
    else sendProblem(request, response, problem ?? UNEXPECTED);
  };
}

function problemOf(error: unknown): Problem | undefined {
  if (error instanceof StoreUnavailableError) {
    return {
      status: 503,
      detail: 'Nothing could be stored just now. Try again.',
      headers: { 'Retry-After': '1' },
    };
  }
  if (error instanceof URIError) return { status: 400, detail: 'The URL is malformed.' };
  const status = exposedStatus(error);
  if (status === undefined) return undefined;
  return {
    status,
    detail: BODY_PROBLEMS.get(memberOf(error, 'type')) ?? 'The request could not be read.',
  };
}

/**
 * The status of an error that the body reader made for the caller. Clients of the outside services
 * put a `status` on their errors too, but none of them sets `expose`.
 */
function exposedStatus(error: unknown): number | undefined {
  const status = memberOf(error, 'status');
  return memberOf(error, 'expose') === true && typeof status === 'number' ? status : undefined;
}

function memberOf(error: unknown, name: string): unknown {
  return error instanceof Error ? (Reflect.get(error, name) as unknown) : undefined;
}

function placeOf(error: unknown): { readonly error: string; readonly at?: readonly string[] } {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { error: error.name, at: frames.slice(0, 4).map((line) => line.trim()) };
}
