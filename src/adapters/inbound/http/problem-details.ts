import { STATUS_CODES } from 'node:http';

import { type Request, type Response } from 'express';

import { requestIdOf } from './request-id.ts';

/** Why a request was not fulfilled. */
export interface Problem {
  readonly status: number;
  /** What went wrong and what to do, without secrets, numbers or the request's path. */
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the document, such as the fields at fault. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** Ends the response with the problem as RFC 9457 has it, and with the request's id. */
export function sendProblem(request: Request, response: Response, problem: Problem): void {
  const { status, detail, headers = {}, members = {} } = problem;
  const body = {
    ...members,
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    request_id: requestIdOf(request, response),
  };
  response.set(headers).status(status).type('application/problem+json').json(body);
}

/** Ends the response with 400 and names the parameter or field at fault. */
export function sendFieldProblem(
  request: Request,
  response: Response,
  errors: readonly { readonly field: string; readonly message: string }[],
): void {
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
  sendProblem(request, response, { status: 400, detail: `${detail}.`, members: { errors } });
}
