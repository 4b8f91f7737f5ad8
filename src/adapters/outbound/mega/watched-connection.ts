import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type Duplex } from 'node:stream';

type ConnectionArguments = Parameters<HttpAgent['createConnection']>;

/**
 * The agents of one request, on a connection of its own. `onReady` is called when the connection
 * stands (with TLS: when the handshake is done); before that no byte of the request has left, nor
 * does one if the request is aborted then.
 */
export function watchedAgents(onReady: () => void): {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
} {
  return { httpAgent: new WatchedHttpAgent(onReady), httpsAgent: new WatchedHttpsAgent(onReady) };
}

/** A re-used connection turns the gateway's closing of it into an unconfirmed send. */
const ONE_REQUEST: AgentOptions = { keepAlive: false };

class WatchedHttpAgent extends HttpAgent {
  constructor(private readonly onReady: () => void) {
    super(ONE_REQUEST);
  }

  override createConnection(
    ...[options, callback]: ConnectionArguments
  ): Duplex | null | undefined {
    return super.createConnection(options, callback)?.once('connect', this.onReady);
  }
}

class WatchedHttpsAgent extends HttpsAgent {
  constructor(private readonly onReady: () => void) {
    super(ONE_REQUEST);
  }

  override createConnection(
    ...[options, callback]: ConnectionArguments
  ): Duplex | null | undefined {
    return super.createConnection(options, callback)?.once('secureConnect', this.onReady);
  }
}
