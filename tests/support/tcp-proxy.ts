import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { once } from 'node:events';

/** Stands between a client and a server, and can fall silent as a cut cable does: nothing arrives, nothing closes. */
export class TcpProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isSilent = false;

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  static async to(port: number): Promise<TcpProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new TcpProxy(server);
    server.on('connection', (socket) => {
      proxy.#join(socket, connect(port, '127.0.0.1'));
    });
    return proxy;
  }

  /** From now on bytes vanish, those of new connections too. */
  fallSilent(): void {
    this.#isSilent = true;
  }

  /** New connections work again; those that fell silent stay so. */
  recover(): void {
    this.#isSilent = false;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket, server: Socket): void {
    let isDead = this.#isSilent;
    const pairs = [
      [client, server],
      [server, client],
    ] as const;
    for (const [from, to] of pairs) {
      this.#sockets.add(from);
      from.on('error', () => undefined);
      from.on('data', (bytes) => {
        isDead ||= this.#isSilent;
        if (!isDead) to.write(bytes);
      });
      from.on('close', () => {
        this.#sockets.delete(from);
        if (!isDead) to.destroy();
      });
    }
  }
}
