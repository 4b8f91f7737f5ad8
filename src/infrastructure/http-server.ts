import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { Server as NetServer, type AddressInfo } from 'node:net';
import { type MessageClasses } from './express-messages.ts';

/** What one process puts up with; times in ms. */
interface HttpLimits {
  /** How long a sender may take for the head of a request, and for all of it: slow ones hold connections. */
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  /** How often those two are looked at; Node's own 30 s would triple them. */
  readonly connectionsCheckingInterval: number;
  /** Longer than the minute in which proxies and gateways re-use a connection, so that we are not the ones to cut it. */
  readonly keepAliveTimeout: number;
  /** One more is closed at once. */
  readonly maxConnections: number;
}

const LIMITS: HttpLimits = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 65_000,
  maxConnections: 2_000,
};

/** Until connections that only wait are closed at a stop, and how often they are looked for, ms: a request may be on its way over one. */
const LINGER_MS = 250;

/** Serves an HTTP surface on one address, and stops without cutting anybody off. */
export class HttpServer {
  readonly #open = new Set<ServerResponse>();
  readonly #server: Server;
  #isClosing = false;
  #port = 0;

  private constructor(
    app: RequestListener,
    { maxConnections, ...options }: HttpLimits & MessageClasses,
  ) {
    this.#server = createServer(options, (request, response) => {
      this.#serve(app, request, response);
    });
    this.#server.maxConnections = maxConnections;
  }

  /** Begins to serve. @throws when the address is not to be had. */
  static async listen(
    app: RequestListener,
    host: string,
    port: number,
    options: Partial<HttpLimits> & MessageClasses = {},
  ): Promise<HttpServer> {
    const http = new HttpServer(app, { ...LIMITS, ...options });
    await new Promise<void>((resolve, reject) => {
      http.#server.once('error', reject);
      http.#server.listen(port, host, resolve);
    });
    http.#port = (http.#server.address() as AddressInfo).port;
    return http;
  }

  /** The port that it took. */
  get port(): number {
    return this.#port;
  }

  /**
   * Takes no new connection; answers what comes over the open ones, each with `Connection: close`;
   * then closes those that only wait. Resolves when none is left.
   *
   * @param grace - When it resolves, whatever is still open is closed.
   */
  async close(grace: Promise<void>): Promise<void> {
    this.#isClosing = true;
    for (const response of this.#open) response.shouldKeepAlive = false;
    const closed = new Promise<void>((resolve) => {
      // Not http's own close: it cuts idle connections off at once, and with them what a sender has just posted.
      NetServer.prototype.close.call(this.#server, () => {
        resolve();
      });
    });
    const sweep = setInterval(() => {
      // Not before what has come meanwhile was read: a connection whose request waits unread counts as idle.
      setImmediate(() => {
        this.#server.closeIdleConnections();
      });
    }, LINGER_MS);
    void grace.then(() => {
      this.#server.closeAllConnections();
    });
    await closed;
    clearInterval(sweep);
    // Ends http's own look at slow senders, too.
    this.#server.close();
  }

  #serve(app: RequestListener, request: IncomingMessage, response: ServerResponse): void {
    if (this.#isClosing) response.shouldKeepAlive = false;
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
    app(request, response);
  }
}
