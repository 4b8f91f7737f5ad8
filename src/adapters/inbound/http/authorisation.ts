import { type NextFunction, type Request, type Response } from 'express';

import { type Clock } from '../../../application/ports/outbound/clock.ts';
import { type Logger } from '../../../application/ports/outbound/logger.ts';
import { isDirectLoopback } from './direct-loopback.ts';
import { sendProblem } from './problem-details.ts';
import { RefusalCounter } from './refusal-counter.ts';
import { RefusalLog } from './refusal-log.ts';
import { requestIdOf } from './request-id.ts';
import { SecretToken } from './secret-token.ts';

const BEARER = /^Bearer +(\S+)$/iu;
const CHALLENGE = { 'WWW-Authenticate': 'Bearer' };

interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly next: NextFunction;
}

/** Lets the shop's own people in: those who show ADMIN_TOKEN or, where none is set, who sit at the machine itself. */
export class AdminAuthorisation {
  readonly #token: SecretToken | undefined;
  readonly #refusals: RefusalCounter;
  readonly #log: RefusalLog;

  constructor(adminToken: string | undefined, clock: Clock, logger: Logger) {
    this.#token = adminToken === undefined ? undefined : new SecretToken(adminToken);
    this.#refusals = new RefusalCounter(clock);
    this.#log = new RefusalLog('wrong admin token', clock, logger);
  }

  /** Goes on to the route, or ends the request with 401 or 429. */
  check(request: Request, response: Response, next: NextFunction): void {
    if (this.#token === undefined) this.checkLoopback(request, response, next);
    else this.checkToken(this.#token, { request, response, next });
  }

  private checkLoopback(request: Request, response: Response, next: NextFunction): void {
    if (isDirectLoopback(request)) {
      next();
      return;
    }
    sendProblem(request, response, {
      status: 401,
      detail:
        'Without ADMIN_TOKEN this answers only to callers on the machine itself. Set ADMIN_TOKEN and send it as a bearer token.',
      headers: CHALLENGE,
    });
  }

  private checkToken(token: SecretToken, exchange: Exchange): void {
    const shown = BEARER.exec(exchange.request.headers.authorization ?? '')?.[1];
    // The right token first: wrong ones of others behind the same address must not lock it out.
    if (shown !== undefined && token.matches(shown)) exchange.next();
    else this.refuse(exchange, shown !== undefined);
  }

  private refuse({ request, response }: Exchange, isGuess: boolean): void {
    // Behind the proxy on this machine `ip` is the address that the proxy saw, not one that the caller made up.
    const address = request.ip ?? '';
    if (isGuess) this.#log.add({ requestId: requestIdOf(request, response), address });
    const blockedForMs = this.#refusals.blockedForMs(address);
    if (blockedForMs > 0) {
      sendProblem(request, response, {
        status: 429,
        detail: 'Too many wrong tokens from this address. Wait a minute.',
        headers: { 'Retry-After': String(Math.ceil(blockedForMs / 1_000)) },
      });
      return;
    }
    if (isGuess) this.#refusals.count(address);
    sendProblem(request, response, {
      status: 401,
      detail: 'Send the value of ADMIN_TOKEN as a bearer token.',
      headers: CHALLENGE,
    });
  }
}
