import { setTimeout as sleep } from 'node:timers/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aWebhookBody } from '../tests/builders/a-webhook-body.ts';
import { type LoopbackOpenAi } from '../tests/support/loopback-open-ai.ts';
import { Pm2Cluster } from '../tests/support/pm2-cluster.ts';
import { freePort } from '../tests/support/project.ts';
import { accountFor, type Account } from './support/accounting.ts';
import { Database } from './support/database.ts';
import { explained, keepEvidence } from './support/evidence.ts';
import { FaultyGateway, type TakenText } from './support/faulty-gateway.ts';
import { MessageDriver } from './support/message-driver.ts';
import { startNamingModel } from './support/naming-model.ts';
import { ProcessKiller } from './support/process-killer.ts';
import { SeededRandom } from '../bench/support/seeded-random.ts';
import { drained, openWork, storedFacts, type StoredFacts } from './support/stored-facts.ts';
import { WebhookPoster } from './support/webhook-poster.ts';
import { whileMoving } from './support/while-moving.ts';

export interface KillRunOptions {
  readonly seed: number;
  /** For what is written down, the evidence of what happened included; the caller removes it. */
  readonly folder: string;
  /** As in DATABASE_URL; empty. */
  readonly databaseUrl: string;
  readonly processes: number;
  readonly messages: number;
  readonly contacts: number;
  readonly durationMs: number;
  /** Killing goes on until there were so many, and all messages were written. */
  readonly kills: number;
  readonly echoes: boolean;
}

/** What came of it, from the contacts' side, the gateway's and the database's. */
export interface KillRun {
  readonly account: Account;
  readonly stored: StoredFacts;
  readonly kills: number;
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
  readonly options: KillRunOptions;
  readonly over: AbortController;
  readonly model: LoopbackOpenAi;
  readonly gateway: FaultyGateway;
  readonly cluster: Pm2Cluster;
  readonly poster: WebhookPoster;
  readonly driver: MessageDriver;
  readonly killer: ProcessKiller;
  readonly database: Database;
}

const UNCONFIRMED = 0.09;
/** A turn rests up to 60 s and an echo is waited for as long; only then a standstill is one. */
const STILL_MS = 90_000;
/** How long a busy machine may take to start the first processes. */
const ONLINE_MS = 120_000;
/** A copy too many would still come within this time. */
const AFTERWARDS_MS = 2_000;
const HOOK = '/webhook/hook-0123456789abcdef';

/**
 * Kills processes while messages flow, lets the rest work on, and counts.
 *
 * @throws Error when nothing moves any more; the evidence is in the folder then, too.
 */
export async function runKills(options: KillRunOptions): Promise<KillRun> {
  const begin = performance.now();
  const stage = await setStage(options);
  const { cluster, driver, gateway, model, database, over } = stage;
  try {
    await cluster.online(options.processes, ONLINE_MS);
    await whileMoving(play(stage), () => figuresOf(stage), STILL_MS);
    return await reckon(stage, begin);
  } finally {
    over.abort();
    writeFileSync(join(options.folder, 'service.log'), cluster.output);
    await keepEvidence(options.folder, database, { written: driver.written, taken: gateway.taken });
    await cluster.close();
    await Promise.all([gateway.close(), model.close()]);
  }
}

async function setStage(options: KillRunOptions): Promise<Stage> {
  const random = new SeededRandom(options.seed);
  const port = await freePort();
  const over = new AbortController();
  const poster = new WebhookPoster(`http://127.0.0.1:${port}${HOOK}`, over.signal);
  const model = await startNamingModel(random.fork());
  const echo = echoTo(poster, random.fork());
  const gateway = await FaultyGateway.start({
    random: random.fork(),
    unconfirmed: UNCONFIRMED,
    ...(options.echoes ? { echo } : {}),
  });
  const places = { port, mega: gateway.url, openAi: model.url };
  const cluster = await Pm2Cluster.start(settings(options, places), 'chaos/ecosystem.config.cjs');
  const driver = new MessageDriver({ ...options, poster, random: random.fork() });
  const killer = new ProcessKiller(() => cluster.output, random.fork());
  const database = new Database(options.databaseUrl);
  return { options, over, model, gateway, cluster, poster, driver, killer, database };
}

/** Until everything has come to its end. */
async function play({ options, over, gateway, driver, killer, database }: Stage): Promise<void> {
  const killing = killer.run();
  try {
    await driver.run();
    while (killer.kills < options.kills) await sleep(50, undefined, { signal: over.signal });
  } finally {
    killer.stop();
  }
  await killing;
  await drained(database, over.signal);
  await gateway.settled();
  await sleep(AFTERWARDS_MS);
}

async function figuresOf({ options, gateway, driver, killer, database }: Stage): Promise<string> {
  const { kills } = killer;
  const { acknowledged } = driver;
  const taken = gateway.taken.length;
  const { folder } = options;
  return JSON.stringify({ kills, acknowledged, taken, open: await openWork(database), folder });
}

async function reckon(stage: Stage, begin: number): Promise<KillRun> {
  const { gateway, poster, driver, killer, database } = stage;
  const account = accountFor(driver.written, gateway.taken);
  const stored = await storedFacts(database);
  return {
    account,
    stored,
    kills: killer.kills,
    copies: driver.copies,
    stranded: poster.stranded,
    unconfirmed: gateway.unconfirmed,
    overlapping: gateway.overlapping + stored.overlappingTurns,
    seconds: Math.round((performance.now() - begin) / 1_000),
    findings: await explained(database, account.misses),
  };
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
  { folder, databaseUrl, processes }: KillRunOptions,
  places: { readonly port: number; readonly mega: string; readonly openAi: string },
): Record<string, string> {
  const knowledge = join(folder, 'data');
  mkdirSync(knowledge, { recursive: true });
  writeFileSync(join(knowledge, 'pedidos.txt'), 'Os pedidos saem no mesmo dia.\n');
  return {
    WEB_CONCURRENCY: String(processes),
    API_PORT: String(places.port),
    DATABASE_URL: databaseUrl,
    RAG_DIR: knowledge,
    MEGA_API_BASE_URL: places.mega,
    MEGA_API_TOKEN: 'mega-0123456789',
    MEGA_INSTANCE_ID: 'megastart-1',
    OPENAI_BASE_URL: places.openAi,
    OPENAI_API_KEY: 'sk-0123456789',
    WEBHOOK_TOKEN: 'hook-0123456789abcdef',
    ADMIN_TOKEN: 'admin-0123456789abcdef',
    REPLY_QUIET: '0.2',
    REPLIES_PER_HOUR: '1000',
  };
}
