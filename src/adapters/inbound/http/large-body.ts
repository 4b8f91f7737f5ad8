import { type RequestHandler } from 'express';

import { sendProblem } from './problem-details.ts';

/** Larger than any webhook, for media come by reference; and small enough to be parsed within the event loop. */
export const MAX_BODY_BYTES = 256 * 1_024;

export const TOO_LARGE = 'The body is larger than 256 kB.';

/** Hangs up after the answer, whatever it is, where the rest of the body would be too much to read off. */
export const closeAfterLargeBody: RequestHandler = (request, response, next) => {
  if (announcesTooMuch(request.headers['content-length'])) response.set('Connection', 'close');
  next();
};

/** Ends with 413, before any of it is read, a request that says itself that it is too large. */
export const refuseLargeBody: RequestHandler = (request, response, next) => {
  if (announcesTooMuch(request.headers['content-length'])) {
    sendProblem(request, response, { status: 413, detail: TOO_LARGE });
  } else next();
};

function announcesTooMuch(length: string | undefined): boolean {
  return length !== undefined && Number(length) > MAX_BODY_BYTES;
}
