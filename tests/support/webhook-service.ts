import { once } from 'node:events';
import { Agent, createServer, type OutgoingHttpHeaders, request, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';

import { createHttpApp } from '../../src/adapters/inbound/http/create-http-app.ts';
import { readWebhookBody } from '../../src/adapters/inbound/http/payload/read-webhook-body.ts';
import { type Store } from '../../src/application/ports/outbound/store.ts';
import { RefusedEchoes } from '../../src/application/use-cases/refused-echoes.ts';
import { ReceiveMessageUseCase } from '../../src/application/use-cases/receive-message.ts';
import { type RecordingLogger } from '../doubles/recording-logger.ts';
import { ScriptedCapacity } from '../doubles/scripted-capacity.ts';
import { ScriptedMessagingGateway } from '../doubles/scripted-messaging-gateway.ts';
import { RecordingWorkSignal } from '../doubles/recording-work-signal.ts';
import { anHttpHarness } from './http-harness.ts';
import { openTestStore } from './sqlite-store-under-test.ts';
import { temporaryFolder } from './temporary-folder.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A database file after its service: SQLite's verdict on it, and how many messages it holds. */
interface Remains {
  readonly integrity: string;
  readonly messages: number;
}

/** The way of a webhook as it is in production, from the socket to the file; without a worker. */
export class WebhookService {
  private readonly agent = new Agent({ keepAlive: true });
  private stopped: Promise<Remains> | undefined;

  private constructor(
    private readonly server: Server,
    private readonly store: Store,
    private readonly home: { readonly folder: string; readonly remove: () => void },
    readonly logger: RecordingLogger,
  ) {}

  static async start(): Promise<WebhookService> {
    const home = temporaryFolder();
    const store = await openTestStore({ file: path.join(home.folder, 'agent.db') });
    const { clock, logger, meter, ports } = anHttpHarness();
    const receiveMessage = new ReceiveMessageUseCase(
      {
        ...store,
        capacity: new ScriptedCapacity(),
        gateway: new ScriptedMessagingGateway(),
        signal: new RecordingWorkSignal(),
        clock,
        logger,
        meter,
        refusedEchoes: new RefusedEchoes(),
      },
      { ignoreFromMe: true, ignoredContacts: new Set(), maxAgeMs: 21_600_000 },
    );
    const app = createHttpApp(
      { ...ports, receiveMessage, readWebhookBody, clock, logger, meter },
      { version: '3.0.0', aiMode: 'DRY_RUN', megaConfigured: true },
    );
    const server = createServer(app);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new WebhookService(server, store, home, logger);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Posts a body to `/webhook`; rejects where no answer comes. */
  async post(body: Uint8Array, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    const { agent, port } = this;
    const length = 'Transfer-Encoding' in headers ? {} : { 'Content-Length': body.byteLength };
    const posted = request({
      agent,
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/webhook',
      headers: { ...length, ...headers },
    });
    const answered = new Promise<Answer>((resolve, reject) => {
      // An answer may come, and the connection close, before the whole body is written.
      posted.on('error', reject).on('response', (response) => {
        text(response).then((read) => {
          resolve({ status: response.statusCode ?? 0, text: read });
        }, reject);
      });
    });
    posted.end(body);
    return answered;
  }

  /** Stops everything and tells how the file was left; a second call tells it again. */
  stop(): Promise<Remains> {
    this.stopped ??= this.shutDown();
    return this.stopped;
  }

  private async shutDown(): Promise<Remains> {
    this.agent.destroy();
    this.server.closeAllConnections();
    this.server.close();
    await this.store.close();
    const db = new DatabaseSync(path.join(this.home.folder, 'agent.db'));
    const { integrity_check: integrity } = db.prepare('PRAGMA integrity_check').get() ?? {};
    const { messages } = db.prepare('SELECT count(*) AS messages FROM inbox').get() ?? {};
    db.close();
    this.home.remove();
    return { integrity: String(integrity), messages: Number(messages) };
  }
}
