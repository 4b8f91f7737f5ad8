import { setTimeout as sleep } from 'node:timers/promises';
import { hang } from '../tests/support/loopback-scripts.ts';
import { LoopbackOpenAi } from '../tests/support/loopback-open-ai.ts';
import { type Figure, type Outcome } from './outcome.ts';
import { type ChildServer } from './support/child-server.ts';
import { postMessage } from './support/post-message.ts';
import { withPostgres } from './support/postgres.ts';
import { withScratchFolder } from './support/scratch-folder.ts';
import { databaseIn, startService } from './support/servers.ts';
import { serviceEnvironment } from './support/service-environment.ts';
import { median, rounded } from './support/statistics.ts';
import { contactJid } from './support/webhook-bodies.ts';

const RUNS = 50;
const RESTART_MS = 2_000;
const STAYS_AWAY_MS = 15_000;
/** Processes look for dead ones once a second: kills are spread evenly over such a round. */
const SPREAD_MS = 1_000;
/** A run that takes longer has not recovered. */
const PATIENCE_MS = 60_000;

/**
 * - `restart`: the killed process is started anew; counted from when it serves again.
 * - `away`: it stays away, and another one of its machine is there; counted from the kill.
 * - `elsewhere`: as `away`, but none can look for the other's pid, as on two machines: each runs in a
 *   PID namespace of its own, which only root can make.
 */
type Form = 'restart' | 'away' | 'elsewhere';

const OWN_PIDS = ['unshare', '--pid', '--fork', '--mount-proc'];

/** How soon the turn of a process that got `kill -9` is taken up, on both stores. */
export async function measureRecovery(runs: number = RUNS): Promise<Outcome> {
  const figures: Figure[] = [];
  const isRoot = process.getuid?.() === 0;
  const forms: readonly Form[] = isRoot ? ['restart', 'away', 'elsewhere'] : ['restart', 'away'];
  for (const form of forms) {
    const onSqlite = await withScratchFolder((folder) =>
      recoveries(form, { folder, database: `file:${databaseIn(folder)}`, runs }),
    );
    figures.push(...figuresOf(`SQLite, ${form}`, form, onSqlite));
    const onPostgres = await withPostgres((server) =>
      withScratchFolder(async (folder) =>
        recoveries(form, { folder, database: await server.emptySchema(), runs }),
      ),
    );
    figures.push(...figuresOf(`PostgreSQL, ${form}`, form, onPostgres));
  }
  return {
    measurement: `recovery: until the turn of a killed process is with the model again`,
    figures,
    notes: [
      `${runs} kills each, in the middle of the call of the model`,
      'restart: from when the new process serves; away: from the kill, another process of the machine being there',
      isRoot
        ? 'elsewhere: as away, on another machine as far as the two can see; then a lease of 12 s is waited for'
        : 'elsewhere, on another machine, was left out: only root can make PID namespaces',
    ],
  };
}

interface Place {
  readonly folder: string;
  readonly database: string;
  readonly runs: number;
}

async function recoveries(form: Form, { folder, database, runs }: Place): Promise<number[]> {
  const openAi = await LoopbackOpenAi.start({ respond: () => 'Bom dia!' });
  const environment = serviceEnvironment({
    DATABASE_URL: database,
    OPENAI_API_KEY: 'sk-of-the-bench',
    OPENAI_BASE_URL: openAi.url,
    AI_DRY_RUN: '0',
    REPLY_QUIET: '0',
  });
  const start = async (): Promise<ChildServer> =>
    (await startService({ folder, environment, within: form === 'elsewhere' ? OWN_PIDS : [] }))
      .server;
  const times: number[] = [];
  let holder = await start();
  try {
    while (times.length < runs) {
      await beginTurn(holder, openAi, times.length);
      const delayMs = (SPREAD_MS * times.length) / runs;
      const { ms, next } = await recover(form, { holder, openAi, start, delayMs });
      times.push(ms);
      holder = next;
    }
  } finally {
    holder.kill();
    await openAi.close();
  }
  return times;
}

/** Leaves the process waiting for the model, on behalf of a contact that nobody has heard of. */
async function beginTurn(holder: ChildServer, openAi: LoopbackOpenAi, run: number): Promise<void> {
  openAi.script(hang());
  const calls = openAi.requests.length;
  const message = { jid: contactJid(run), id: `3EB0${run}`, text: 'Bom dia' };
  await postMessage(holder.url, message);
  await withPatience(openAi.received(calls + 1));
}

async function recover(
  form: Form,
  {
    holder,
    openAi,
    start,
    delayMs,
  }: {
    readonly holder: ChildServer;
    readonly openAi: LoopbackOpenAi;
    readonly start: () => Promise<ChildServer>;
    /** How long the other process has run when the holder is killed. */
    readonly delayMs: number;
  },
): Promise<{ ms: number; next: ChildServer }> {
  const calls = openAi.requests.length;
  let takenUpAt = Infinity;
  const takenUp = openAi.received(calls + 1).then(() => {
    takenUpAt = performance.now();
  });
  if (form === 'restart') holder.kill();
  const next = await start();
  if (form !== 'restart') await sleep(delayMs);
  const countedFrom = performance.now();
  if (form !== 'restart') holder.kill();
  await withPatience(takenUp);
  return { ms: Math.max(0, takenUpAt - countedFrom), next };
}

async function withPatience(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`the model was not asked within ${PATIENCE_MS / 1000} s`));
    }, PATIENCE_MS);
  });
  await Promise.race([work, tooLong]).finally(() => {
    clearTimeout(timer);
  });
}

function figuresOf(name: string, form: Form, times: readonly number[]): readonly Figure[] {
  const bar = { atMost: form === 'restart' ? RESTART_MS : STAYS_AWAY_MS };
  return [
    { name: `${name}, median`, value: rounded(median(times)), unit: 'ms' },
    { name: `${name}, worst`, value: rounded(Math.max(...times)), unit: 'ms', bar },
  ];
}
