import express, { type RequestHandler } from 'express';

import { MAX_BODY_BYTES } from './large-body.ts';

// Whatever content type the sender states; what counts is the bytes. The limit holds for what is unpacked, too.
const readAnyBody: RequestHandler = express.raw({ type: () => true, limit: MAX_BODY_BYTES });

/**
 * Puts the bytes of a body of at most 256 kB into `request.body`; passes on an error with status 413
 * for a larger one. A plain body that says its length, which Node then keeps to, is all that gateways
 * send, and needs little of what Express does for others: that cost 5 us for every webhook.
 */
export const readBody: RequestHandler = (request, response, next) => {
  const { 'content-length': length, 'content-encoding': encoding } = request.headers;
  if (encoding !== undefined || !(Number(length) <= MAX_BODY_BYTES)) {
    readAnyBody(request, response, next);
    return;
  }
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const [first] = pieces;
    request.body = pieces.length === 1 ? first : Buffer.concat(pieces);
    next();
  });
};
