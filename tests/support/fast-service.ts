import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { type Store } from '../../src/application/ports/outbound/store.ts';
import { loadConfig } from '../../src/infrastructure/config.ts';
import { TOKENS } from '../../src/infrastructure/container/tokens.ts';
import { type Wiring } from '../../src/infrastructure/container/wiring.ts';
import { HttpServer } from '../../src/infrastructure/http-server.ts';
import { wire } from '../../src/infrastructure/service.ts';
import { aWebhookBody } from '../builders/a-webhook-body.ts';
import { openFastStore } from './fast-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface FastServiceOptions {
  readonly megaUrl: string;
  readonly openAiUrl: string;
  /** How much faster the store's clock runs than ours, so that windows pass soon. */
  readonly speed: number;
  /** Further settings, by their names in the environment. */
  readonly settings?: Readonly<Record<string, string>>;
}

type Row = Readonly<Record<string, unknown>>;

/** The whole service but for what it does now and then, within the test's own process, on a SQLite file. */
export class FastService {
  readonly #wiring: Wiring;
  readonly #store: Store;
  readonly #server: HttpServer;
  readonly #files: ReturnType<typeof temporaryFolder>;
  #messages = 0;

  private constructor(
    parts: { readonly wiring: Wiring; readonly store: Store; readonly server: HttpServer },
    files: ReturnType<typeof temporaryFolder>,
  ) {
    this.#wiring = parts.wiring;
    this.#store = parts.store;
    this.#server = parts.server;
    this.#files = files;
  }

  static async start(options: FastServiceOptions): Promise<FastService> {
    const files = temporaryFolder();
    const config = loadConfig({
      DATABASE_URL: `file:${path.join(files.folder, 'agent.db')}`,
      RAG_DIR: files.folder,
      MEGA_API_BASE_URL: options.megaUrl,
      MEGA_API_TOKEN: 'mega-0123456789',
      MEGA_INSTANCE_ID: 'megastart-demo',
      OPENAI_BASE_URL: options.openAiUrl,
      OPENAI_API_KEY: 'sk-0123456789',
      AI_DRY_RUN: '0',
      REPLY_QUIET: '0',
      LOG_LEVEL: 'error',
      ...options.settings,
    });
    const store = await openFastStore(config, { base: Date.now(), speed: options.speed });
    const wiring = wire(config, store, '0.0.0');
    await wiring.get(TOKENS.reloadKnowledge).execute('start');
    const server = await HttpServer.listen(wiring.get(TOKENS.httpApp), '127.0.0.1', 0);
    wiring.get(TOKENS.turnWorker).start();
    wiring.get(TOKENS.deliveryWorker).start();
    return new FastService({ wiring, store, server }, files);
  }

  /** The contact writes, under the name in its profile. @returns What the webhook was answered with. */
  receive(jid: string, text: string, name = 'Ana Souza'): Promise<Response> {
    this.#messages += 1;
    return this.#post({ remoteJid: jid, fromMe: false, id: `MSG${this.#messages}` }, text, name);
  }

  /** The gateway reports a send of ours. */
  hearEcho(jid: string, text: string, id: string): Promise<Response> {
    return this.#post({ remoteJid: jid, fromMe: true, id }, text);
  }

  /** What stands in its database. */
  rows(sql: string): readonly Row[] {
    const file = path.join(this.#files.folder, 'agent.db');
    const db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
    try {
      return db.prepare(sql).all();
    } finally {
      db.close();
    }
  }

  async stop(): Promise<void> {
    const atOnce = Promise.resolve();
    await Promise.all([
      this.#server.close(atOnce),
      this.#wiring.get(TOKENS.turnWorker).stop(atOnce),
      this.#wiring.get(TOKENS.deliveryWorker).stop(atOnce),
    ]);
    await this.#store.close();
    this.#files.remove();
  }

  #post(
    key: Readonly<Record<string, unknown>>,
    text: string,
    pushName = 'Ana Souza',
  ): Promise<Response> {
    const body = aWebhookBody({
      key,
      pushName,
      messageTimestamp: Math.floor(Date.now() / 1_000),
      message: { conversation: text },
    });
    return fetch(`http://127.0.0.1:${this.#server.port}/webhook`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
  }
}
