import { type Request, type Response } from 'express';
import { z } from 'zod';

import { sendFieldProblem } from './problem-details.ts';

/** How many of a list are asked for (`limit`): a whole number up to the longest, or what is usual. */
export function limitField(longest: number, usual: number): z.ZodType<number> {
  const rule = `must be a whole number from 1 to ${longest}`;
  return z.coerce.number(rule).int(rule).min(1, rule).max(longest, rule).default(usual);
}

/** Ends the response with 400 and says of each field what a schema has against it; `body` is the whole. */
export function sendInputProblem(
  request: Request,
  response: Response,
  { issues }: Pick<z.ZodError, 'issues'>,
): void {
  const errors = issues.map(({ path, message }) => ({
    field: path.length === 0 ? 'body' : path.join('.'),
    message,
  }));
  sendFieldProblem(request, response, errors);
}
