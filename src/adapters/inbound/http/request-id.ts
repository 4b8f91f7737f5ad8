import { randomBytes } from 'node:crypto';

import { type Request, type Response } from 'express';

const HEADER = 'X-Request-Id';

/** What is taken over from a proxy: nothing that could forge a log line. */
const ACCEPTABLE = /^[\w-]{8,64}$/u;

// A prefix and a counter cost nothing; random bytes for each webhook would show in the throughput.
const prefix = randomBytes(4).toString('hex');
let counter = 0;

/**
 * The id of a request. After the first call the response carries it as `X-Request-Id`; later calls
 * return the same one. An acceptable id of the caller is kept, so that a proxy's log can be matched.
 */
export function requestIdOf(request: Request, response: Response): string {
  const known = response.getHeader(HEADER);
  if (typeof known === 'string') return known;
  const id = givenId(request) ?? nextId();
  response.setHeader(HEADER, id);
  return id;
}

function givenId(request: Request): string | undefined {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && ACCEPTABLE.test(given) ? given : undefined;
}

function nextId(): string {
  counter += 1;
  return `${prefix}-${counter.toString(36)}`;
}
