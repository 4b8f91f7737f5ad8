import { setTimeout as sleep } from 'node:timers/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aWebhookBody } from '../tests/builders/a-webhook-body.ts';
import { Pm2Cluster } from '../tests/support/pm2-cluster.ts';
import { freePort } from '../tests/support/project.ts';
import { accountFor, type Account } from './support/accounting.ts';
import { Database } from './support/database.ts';
import { FaultyGateway, type TakenText } from './support/faulty-gateway.ts';
import { MessageDriver } from './support/message-driver.ts';
import { startNamingModel } from './support/naming-model.ts';
import { ProcessKiller } from './support/process-killer.ts';
import { SeededRandom } from '../bench/support/seeded-random.ts';
import { drained, storedFacts, type StoredFacts } from './support/stored-facts.ts';
import { postUntilTaken } from './support/webhook-poster.ts';

export interface KillRunOptions {
  readonly seed: number;
  /** For what is written down; the caller removes it. */
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
  readonly unconfirmed: number;
  /** Sends to one contact, or turns of one, that ran at the same time and both count. */
  readonly overlapping: number;
  readonly seconds: number;
}

const UNCONFIRMED = 0.09;
const LONGEST_KILLING_MS = 240_000;
/** A reply waits 12 s for its process and 15 s for its echo, and some of a contact's follow one another. */
const DRAIN_MS = 240_000;
/** A copy too many would still come within this time. */
const AFTERWARDS_MS = 2_000;
const HOOK = '/webhook/hook-0123456789abcdef';

/** Kills processes while messages flow, lets the rest work on, and counts. */
export async function runKills(options: KillRunOptions): Promise<KillRun> {
  const begin = performance.now();
  const random = new SeededRandom(options.seed);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}${HOOK}`;
  const model = await startNamingModel(random.fork());
  const echoRandom = random.fork();
  const echo = async (taken: TakenText): Promise<void> => {
    await postUntilTaken(url, echoOf(taken), echoRandom);
  };
  const gateway = await FaultyGateway.start({
    random: random.fork(),
    unconfirmed: UNCONFIRMED,
    ...(options.echoes ? { echo } : {}),
  });
  const places = { port, mega: gateway.url, openAi: model.url };
  const cluster = await Pm2Cluster.start(settings(options, places), 'chaos/ecosystem.config.cjs');
  try {
    await cluster.online(options.processes);
    const driver = new MessageDriver({ ...options, url, random: random.fork() });
    const killer = new ProcessKiller(() => cluster.output, random.fork());
    await killWhile(driver, killer, options.kills);
    const stored = await settle(options, gateway);
    return {
      account: accountFor(driver.written, gateway.taken),
      stored,
      kills: killer.kills,
      copies: driver.copies,
      unconfirmed: gateway.unconfirmed,
      overlapping: gateway.overlapping + stored.overlappingTurns,
      seconds: Math.round((performance.now() - begin) / 1_000),
    };
  } finally {
    writeFileSync(join(options.folder, 'service.log'), cluster.output);
    await cluster.close();
    await Promise.all([gateway.close(), model.close()]);
  }
}

async function killWhile(
  driver: MessageDriver,
  killer: ProcessKiller,
  kills: number,
): Promise<void> {
  const deadline = performance.now() + LONGEST_KILLING_MS;
  const killing = killer.run();
  await driver.run();
  while (killer.kills < kills && performance.now() < deadline) await sleep(50);
  killer.stop();
  await killing;
}

/** Lets everything come to its end. */
async function settle(
  { databaseUrl }: KillRunOptions,
  gateway: FaultyGateway,
): Promise<StoredFacts> {
  const database = new Database(databaseUrl);
  const isDrained = await drained(database, DRAIN_MS);
  await Promise.race([gateway.settled(), sleep(DRAIN_MS, undefined, { ref: false })]);
  await sleep(AFTERWARDS_MS);
  return storedFacts(database, isDrained);
}

/** As Mega reports a send of its own back. */
function echoOf({ to, text, id }: TakenText): unknown {
  return aWebhookBody({
    instance_key: 'megastart-1',
    key: { remoteJid: to, fromMe: true, id },
    messageTimestamp: Math.floor(Date.now() / 1_000),
    message: { conversation: text },
  });
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
