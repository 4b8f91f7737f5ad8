import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { LoopbackMega, type SentText } from './loopback-mega.ts';
import { LoopbackOpenAi } from './loopback-open-ai.ts';
import { NginxSite } from './nginx-site.ts';
import { Pm2Cluster } from './pm2-cluster.ts';
import { freePort } from './project.ts';

const WEBHOOK_TOKEN = 'hook-0123456789abcdef';
const ADMIN_TOKEN = 'admin-0123456789abcdef';
const KNOWLEDGE = '=== Curso de Violão ===\nPreço: R$ 100\nCarga horária: 40h\n';

type Row = Readonly<Record<string, SQLOutputValue>>;

type Cleanup = () => Promise<void> | void;

interface Servers {
  readonly mega: LoopbackMega;
  readonly openAi: LoopbackOpenAi;
  readonly nginx: NginxSite;
}

/** The production set-up on one machine: nginx, the pm2 cluster, and beyond it Mega and a model. */
export class ProductionHouse {
  readonly webhook = `/webhook/${WEBHOOK_TOKEN}`;
  readonly admin = { authorization: `Bearer ${ADMIN_TOKEN}` };
  /** What the service said to the echoes of its own replies. */
  readonly echoAnswers: unknown[] = [];

  readonly mega: LoopbackMega;
  readonly openAi: LoopbackOpenAi;
  readonly nginx: NginxSite;

  private constructor(
    servers: Servers,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly cleanups: Cleanup[],
  ) {
    this.mega = servers.mega;
    this.openAi = servers.openAi;
    this.nginx = servers.nginx;
  }

  /** Everything but the cluster. @param nginxBinary - Where nginx is. */
  static async open(nginxBinary: string): Promise<ProductionHouse> {
    const folder = mkdtempSync(join(tmpdir(), 'production-'));
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/cursos.txt'), KNOWLEDGE);
    const port = await freePort();
    const echo = async (sent: SentText): Promise<void> => house.deliverEcho(sent);
    const mega = await LoopbackMega.start({ onSend: echo });
    const openAi = await LoopbackOpenAi.start();
    const nginx = await NginxSite.prepare(nginxBinary, { upstreamPort: port });
    const settings = settingsFor({ folder, port, mega: mega.url, openAi: openAi.url });
    const house = new ProductionHouse({ mega, openAi, nginx }, settings, [
      () => {
        rmSync(folder, { recursive: true });
      },
      () => openAi.close(),
      () => mega.close(),
      () => nginx.close(),
    ]);
    try {
      await nginx.start();
    } catch (error) {
      await house.close();
      throw error;
    }
    return house;
  }

  /** Starts the cluster of the ecosystem file; it serves when this returns. */
  async startCluster(): Promise<Pm2Cluster> {
    const cluster = await Pm2Cluster.start(this.settings);
    this.cleanups.push(() => cluster.close());
    return cluster;
  }

  /** Where the processes themselves listen, past nginx. */
  get processesUrl(): string {
    return `http://127.0.0.1:${this.settings['API_PORT'] ?? ''}`;
  }

  /** What a query on the processes' database finds. */
  rows(sql: string): readonly Row[] {
    const file = (this.settings['DATABASE_URL'] ?? '').replace('file:', '');
    const db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
    try {
      return db.prepare(sql).all();
    } finally {
      db.close();
    }
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(this.nginx.url + path, { headers });
  }

  post(
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    return fetch(this.nginx.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  /** Ends everything that was begun, the latest first. */
  async close(): Promise<void> {
    for (const cleanUp of this.cleanups.reverse()) await cleanUp();
  }

  /** As Mega does after a send: the reply comes back as a message of our own. */
  private async deliverEcho({ to, text, id }: SentText): Promise<void> {
    const key = { remoteJid: to, fromMe: true, id };
    const body = { messageType: 'conversation', key, message: { conversation: text } };
    const response = await this.post(this.webhook, body);
    this.echoAnswers.push(await response.json());
  }
}

function settingsFor(places: {
  readonly folder: string;
  readonly port: number;
  readonly mega: string;
  readonly openAi: string;
}): Record<string, string> {
  return {
    API_PORT: String(places.port),
    DATABASE_URL: `file:${places.folder}/agent.db`,
    RAG_DIR: join(places.folder, 'data'),
    MEGA_API_BASE_URL: places.mega,
    MEGA_API_TOKEN: 'mega-0123456789',
    MEGA_INSTANCE_ID: 'megastart-1',
    OPENAI_BASE_URL: places.openAi,
    OPENAI_API_KEY: 'sk-0123456789',
    WEBHOOK_TOKEN,
    ADMIN_TOKEN,
    REPLY_QUIET: '0.2',
  };
}
