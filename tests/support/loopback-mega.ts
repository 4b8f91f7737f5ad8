import { answer } from './loopback-scripts.ts';
import { LoopbackServer, type RecordedRequest, type Script } from './loopback-server.ts';

/** One text that the gateway has taken on. */
export interface SentText {
  readonly to: string;
  readonly text: string;
  readonly id: string;
}

export interface LoopbackMegaOptions {
  /** Called after a send was answered with success, for instance to deliver the echo. */
  readonly onSend?: (sent: SentText) => void | Promise<void>;
}

type Route = 'send' | 'typing' | 'delete' | 'status';

const ROUTES: readonly (readonly [pattern: RegExp, route: Route])[] = [
  [/^\/rest\/sendMessage\/[^/]+\/text$/u, 'send'],
  [/^\/rest\/chat\/[^/]+\/presenceUpdateChat$/u, 'typing'],
  [/^\/rest\/chat\/[^/]+\/deleteMessageFromMe$/u, 'delete'],
  [/^\/rest\/instance\/[^/]+$/u, 'status'],
];

/** Stands in for Mega API: takes texts, typing signs and questions for the state; fails as scripted. */
export class LoopbackMega {
  readonly sent: SentText[] = [];
  private readonly scripts: Record<Route, Script[]> = {
    send: [],
    typing: [],
    delete: [],
    status: [],
  };
  private server!: LoopbackServer;
  private lastId = 0;

  private constructor(private readonly options: LoopbackMegaOptions) {}

  static async start(options: LoopbackMegaOptions = {}): Promise<LoopbackMega> {
    const mega = new LoopbackMega(options);
    mega.server = await LoopbackServer.start((request) => mega.choose(request));
    return mega;
  }

  get url(): string {
    return this.server.url;
  }

  get connections(): number {
    return this.server.connections;
  }

  get requests(): readonly RecordedRequest[] {
    return this.server.requests;
  }

  /** Meets the next requests of a route so, one script each; what comes after them succeeds again. */
  script(route: Route, ...scripts: readonly Script[]): void {
    this.scripts[route].push(...scripts);
  }

  received(count: number): Promise<void> {
    return this.server.received(count);
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private choose({ path }: RecordedRequest): Script {
    const route = ROUTES.find(([pattern]) => pattern.test(path))?.[1];
    if (route === undefined) return answer(404, { error: true, message: 'Not Found' });
    return this.scripts[route].shift() ?? this.success(route, path);
  }

  private success(route: Route, path: string): Script {
    if (route === 'send') return this.takeText();
    return answer(200, route === 'status' ? connectedStatus(path) : { error: false });
  }

  private takeText(): Script {
    return {
      play: async (exchange) => {
        const { to, text } = messageDataOf(exchange.request.body);
        this.lastId += 1;
        const id = `LOOPBACK${String(this.lastId).padStart(8, '0')}`;
        const sent = { to, text, id };
        this.sent.push(sent);
        const key = { remoteJid: to, fromMe: true, id };
        const body = { error: false, messageData: { key, message: {}, status: 'PENDING' } };
        await answer(200, body).play(exchange);
        await this.options.onSend?.(sent);
      },
    };
  }
}

/** What a connected instance says of itself. */
function connectedStatus(path: string): unknown {
  const key = decodeURIComponent(path.split('/').at(-1) ?? '');
  const user = { id: '5583999990000:12@s.whatsapp.net', name: 'Escola' };
  return { error: false, instance: { key, status: 'connected', user } };
}

function messageDataOf(body: string): { readonly to: string; readonly text: string } {
  const { messageData } = JSON.parse(body) as { messageData: { to: string; text: string } };
  return messageData;
}
