import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';

/** What came in. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Empty for a script that plays before the body is read. */
  readonly body: string;
}

/** What a script has at hand. */
interface Exchange {
  readonly request: RecordedRequest;
  readonly response: ServerResponse;
  readonly socket: Socket;
}

/** How one request is met. */
export interface Script {
  /** Plays as soon as the head is there, instead of after the whole body. */
  readonly beforeBody?: boolean;
  play(exchange: Exchange): void | Promise<void>;
}

/** A server on 127.0.0.1 that records what comes in and does what it is told, however ill-mannered. */
export class LoopbackServer {
  readonly requests: RecordedRequest[] = [];
  readonly url: string;
  /** How many connections were opened. */
  connections = 0;
  private readonly watchers = new Set<() => void>();
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly choose: (request: RecordedRequest) => Script,
  ) {
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (socket) => {
      this.connections += 1;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    server.on('request', (request, response) => {
      // A peer that has gone away is what some scripts are about.
      void this.meet(request, response).catch(() => response.destroy());
    });
  }

  /**
   * @param choose - Called once for each request, in order; its body is still empty then.
   * @param port - A free one where none is given.
   */
  static async start(
    choose: (request: RecordedRequest) => Script,
    port = 0,
  ): Promise<LoopbackServer> {
    const server = createServer();
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new LoopbackServer(server, choose);
  }

  /** Resolves once so many requests have come in, counted from the start. */
  received(count: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.requests.length < count) return;
        this.watchers.delete(look);
        resolve();
      };
      this.watchers.add(look);
      look();
    });
  }

  /** Ends, with every connection, also those that hang; a second call does nothing. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async meet(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const head = {
      method: message.method ?? '',
      path: message.url ?? '',
      headers: message.headers,
      body: '',
    };
    const script = this.choose(head);
    const body = script.beforeBody === true ? '' : await textOf(message);
    const request = { ...head, body };
    this.requests.push(request);
    for (const look of [...this.watchers]) look();
    await script.play({ request, response, socket: message.socket });
  }
}

async function textOf(message: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
