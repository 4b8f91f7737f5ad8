import { setTimeout as sleep } from 'node:timers/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aWebhookBody } from '../tests/builders/a-webhook-body.ts';
import { type LoopbackOpenAi } from '../tests/support/loopback-open-ai.ts';
import { Pm2Cluster } from '../tests/support/pm2-cluster.ts';
import { freePort } from '../tests/support/project.ts';
import { TcpProxy } from '../tests/support/tcp-proxy.ts';
import { accountFor, type Account, type Miss } from './support/accounting.ts';
import { Database } from './support/database.ts';
import { explained, keepEvidence } from './support/evidence.ts';
import { FaultyGateway, type TakenText } from './support/faulty-gateway.ts';
import { MessageDriver } from './support/message-driver.ts';
import { startNamingModel } from './support/naming-model.ts';
import { SeededRandom } from '../bench/support/seeded-random.ts';
import { drained, openWork, storedFacts, type StoredFacts } from './support/stored-facts.ts';
import { type Line, type Targets, type Trouble } from './support/trouble.ts';
import { WebhookPoster } from './support/webhook-poster.ts';
import { whileMoving } from './support/while-moving.ts';

export interface ChaosOptions {
  readonly seed: number;
  /** For what is written down, the evidence of what happened included; the caller removes it. */
  readonly folder: string;
  /** As in DATABASE_URL; empty. */
  readonly databaseUrl: string;
  readonly processes: number;
  readonly messages: number;
  readonly contacts: number;
  readonly durationMs: number;
  /** What befalls the service. */
  readonly trouble: (targets: Targets) => Trouble;
  /** It goes on until it has struck so often, and all messages were written. */
  readonly strikes: number;
  /** Leads through a proxy, which the trouble is given. */
  readonly line?: Line;
  readonly echoes: boolean;
  /** Share of the sends that are delivered and not confirmed. */
  readonly unconfirmed: number;
}

/** What came of it, from the contacts' side, the gateway's and the database's. */
export interface ChaosRun {
  readonly account: Account;
  readonly stored: StoredFacts;
  readonly strikes: number;
  readonly copies: number;
  /** Webhooks that hung for 10 s. */
  readonly stranded: number;
  readonly unconfirmed: number;
  /** Sends to one contact, or turns of one, that ran at the same time and both count. */
  readonly overlapping: number;
  readonly seconds: number;
  /** What the database says of each message that missed its answer, and of each reply too many. */
  readonly findings: readonly string[];
}

/** Everything that a run is made of. */
interface Stage {
  readonly options: ChaosOptions;
  readonly over: AbortController;
  readonly model: LoopbackOpenAi;
  readonly gateway: FaultyGateway;
  readonly cluster: Pm2Cluster;
  readonly poster: WebhookPoster;
  readonly driver: MessageDriver;
  readonly trouble: Trouble;
  readonly line: TcpProxy | undefined;
  readonly database: Database;
}

/** A turn rests up to 60 s and an echo is waited for as long; only then a standstill is one. */
const STILL_S = 90;
/** How long a busy machine may take to start the first processes. */
const ONLINE_MS = 120_000;
/** A copy too many would still come within this time. */
const AFTERWARDS_MS = 2_000;
const HOOK = '/webhook/hook-0123456789abcdef';

/**
 * Lets a trouble befall the service while messages flow, lets it end its work, and counts.
 *
 * @throws Error when nothing moves any more; the evidence is in the folder then, too.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosRun> {
  const begin = performance.now();
  const stage = await setStage(options);
  const { cluster, driver, gateway, line, model, database, over } = stage;
  try {
    await cluster.online(options.processes, ONLINE_MS);
    await whileMoving(play(stage), () => figuresOf(stage), STILL_S);
    return await reckon(stage, begin);
  } finally {
    over.abort();
    stage.trouble.stop();
    writeFileSync(join(options.folder, 'service.log'), cluster.output);
    await keepEvidence(options.folder, database, { written: driver.written, taken: gateway.taken });
    await cluster.close();
    await Promise.all([gateway.close(), model.close(), line?.close()]);
  }
}

async function setStage(options: ChaosOptions): Promise<Stage> {
  const random = new SeededRandom(options.seed);
  const port = await freePort();
  const over = new AbortController();
  const poster = new WebhookPoster(`http://127.0.0.1:${port}${HOOK}`, over.signal);
  const model = await startNamingModel(random.fork());
  const echo = echoTo(poster, random.fork());
  const gateway = await FaultyGateway.start({
    random: random.fork(),
    unconfirmed: options.unconfirmed,
    ...(options.echoes ? { echo } : {}),
  });
  const ways = { database: options.databaseUrl, gateway: gateway.url, model: model.url };
  const line = options.line && (await TcpProxy.to(portOf(ways[options.line])));
  const places = { port, ...ways, ...led(ways, options.line, line) };
  const cluster = await Pm2Cluster.start(settings(options, places), 'chaos/ecosystem.config.cjs');
  const driver = new MessageDriver({ ...options, poster, random: random.fork() });
  const trouble = options.trouble({ output: () => cluster.output, random: random.fork(), line });
  const database = new Database(options.databaseUrl);
  return { options, over, model, gateway, cluster, poster, driver, trouble, line, database };
}

/** The way that leads through the proxy. */
function led(
  ways: Readonly<Record<Line, string>>,
  line: Line | undefined,
  proxy: TcpProxy | undefined,
): Partial<Record<Line, string>> {
  if (line === undefined || proxy === undefined) return {};
  return { [line]: ways[line].replace(`:${portOf(ways[line])}`, `:${proxy.port}`) };
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

/** Until everything has come to its end. */
async function play(stage: Stage): Promise<void> {
  const { over, gateway, trouble, database } = stage;
  // Together, so that a trouble that fails ends the run.
  await Promise.all([trouble.run(), endure(stage)]);
  await drained(database, over.signal);
  await gateway.settled();
  await sleep(AFTERWARDS_MS);
}

/** Until all messages are written and the trouble has struck often enough. */
async function endure({ options, over, driver, trouble }: Stage): Promise<void> {
  try {
    await driver.run();
    while (trouble.strikes < options.strikes) await sleep(50, undefined, { signal: over.signal });
  } finally {
    trouble.stop();
  }
}

async function figuresOf({ options, gateway, driver, trouble, database }: Stage): Promise<string> {
  const { strikes } = trouble;
  const { acknowledged } = driver;
  const taken = gateway.taken.length;
  const { folder } = options;
  return JSON.stringify({ strikes, acknowledged, taken, open: await openWork(database), folder });
}

async function reckon(stage: Stage, begin: number): Promise<ChaosRun> {
  const { gateway, poster, driver, trouble, database } = stage;
  const account = accountFor(driver.written, gateway.taken);
  const stored = await storedFacts(database);
  return {
    account,
    stored,
    strikes: trouble.strikes,
    copies: driver.copies,
    stranded: poster.stranded,
    unconfirmed: gateway.unconfirmed,
    overlapping: gateway.overlapping + stored.overlappingTurns,
    seconds: Math.round((performance.now() - begin) / 1_000),
    findings: await explained(database, missesOf(account, stage.options)),
  };
}

/** Without echoes duplicates are counted, and no wonder. */
function missesOf({ misses }: Account, { echoes }: ChaosOptions): readonly Miss[] {
  return echoes ? misses : misses.filter(({ what }) => what !== 'duplicated');
}

/** As Mega reports a send of its own back. */
function echoTo(poster: WebhookPoster, random: SeededRandom): (taken: TakenText) => Promise<void> {
  return async ({ to, text, id }) => {
    const body = aWebhookBody({
      instance_key: 'megastart-1',
      key: { remoteJid: to, fromMe: true, id },
      messageTimestamp: Math.floor(Date.now() / 1_000),
      message: { conversation: text },
    });
    await poster.postUntilTaken(body, random);
  };
}

function settings(
  { folder, processes, line }: ChaosOptions,
  places: { readonly port: number } & Readonly<Record<Line, string>>,
): Record<string, string> {
  const knowledge = join(folder, 'data');
  mkdirSync(knowledge, { recursive: true });
  writeFileSync(join(knowledge, 'pedidos.txt'), 'Os pedidos saem no mesmo dia.\n');
  return {
    WEB_CONCURRENCY: String(processes),
    API_PORT: String(places.port),
    DATABASE_URL: places.database,
    RAG_DIR: knowledge,
    MEGA_API_BASE_URL: places.gateway,
    MEGA_API_TOKEN: 'mega-0123456789',
    MEGA_INSTANCE_ID: 'megastart-1',
    OPENAI_BASE_URL: places.model,
    OPENAI_API_KEY: 'sk-0123456789',
    WEBHOOK_TOKEN: 'hook-0123456789abcdef',
    ADMIN_TOKEN: 'admin-0123456789abcdef',
    REPLY_QUIET: '0.2',
    REPLIES_PER_HOUR: '1000',
    // Three tries are to last longer than a silence.
    ...(line === 'model' ? { OPENAI_TIMEOUT: '4' } : {}),
  };
}
