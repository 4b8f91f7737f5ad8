import { setTimeout as sleep } from 'node:timers/promises';
import { LoopbackMega } from '../tests/support/loopback-mega.ts';
import { LoopbackOpenAi } from '../tests/support/loopback-open-ai.ts';
import { type Outcome } from './outcome.ts';
import { pidsOf, startedProcesses } from './support/cluster-log.ts';
import { postMessage } from './support/post-message.ts';
import { withScratchFolder } from './support/scratch-folder.ts';
import { startCluster } from './support/servers.ts';
import { productionEnvironment } from './support/service-environment.ts';
import { median, rounded } from './support/statistics.ts';
import { contactJid } from './support/webhook-bodies.ts';

const CONTACTS = 300;
const PROCESSES = 2;
const MODEL_MS = 1_000;
/** As the folder of the bench says it: a price that stands nowhere would be asked for once more. */
const ANSWER = 'O curso de Excel custa R$ 297,00.';
const RUNS = 3;
/** Replies that come late are waited for, so that it can be said how late; the figure of a run that misses some. */
const PATIENCE_MS = 30_000;
/** A second copy of a reply would be sent within this time. */
const SETTLE_MS = 2_000;
const POLL_MS = 20;

interface Run {
  readonly lastReplyMs: number;
  readonly lastAckMs: number;
  readonly unanswered: number;
  readonly doubled: number;
  /** How many turns the busier process answered. */
  readonly busierShare: number;
}

/** How soon 300 contacts who write at once all have their answer from the cluster of deploy/. */
export async function measureBurst(): Promise<Outcome> {
  const runs: Run[] = [];
  while (runs.length < RUNS) runs.push(await withScratchFolder(runOnce));
  const of = (figure: keyof Run): number => rounded(median(runs.map((run) => run[figure])), 2);
  const total = (figure: keyof Run): number => runs.reduce((sum, run) => sum + run[figure], 0);
  return {
    measurement: `burst: ${CONTACTS} contacts at once, a model that takes ${MODEL_MS / 1000} s, two processes`,
    figures: [
      { name: 'last reply', value: of('lastReplyMs'), unit: 'ms', bar: { atMost: 7_000 } },
      { name: 'unanswered', value: total('unanswered'), unit: 'contacts', bar: { atMost: 0 } },
      {
        name: 'answered more than once',
        value: total('doubled'),
        unit: 'contacts',
        bar: { atMost: 0 },
      },
      { name: 'last ack', value: of('lastAckMs'), unit: 'ms' },
      { name: 'turns of the busier process', value: of('busierShare'), unit: `of ${CONTACTS}` },
    ],
    notes: [
      `medians of ${RUNS} runs, a new cluster and database each; counted from the first webhook; REPLY_QUIET as it comes (2 s)`,
      'the gateway delivers the echo of each reply, as Mega does',
    ],
  };
}

async function runOnce(folder: string): Promise<Run> {
  const openAi = await LoopbackOpenAi.start({ respond: () => sleep(MODEL_MS, ANSWER) });
  const sentAt: number[] = [];
  const address = { url: '' };
  const mega = await LoopbackMega.start({
    onSend: ({ to, text, id }) => {
      sentAt.push(performance.now());
      return postMessage(address.url, { jid: to, text, id, fromMe: true });
    },
  });
  const urls = { OPENAI_BASE_URL: openAi.url, MEGA_API_BASE_URL: mega.url };
  const cluster = await startCluster({ folder, environment: productionEnvironment(urls) });
  address.url = cluster.url;
  await startedProcesses(cluster, PROCESSES);
  const startedAt = performance.now();
  const lastAckMs = await everybodyWrites(cluster.url);
  await until(() => sentAt.length >= CONTACTS);
  await sleep(SETTLE_MS);
  await cluster.stop();
  await Promise.all([mega.close(), openAi.close()]);
  return {
    lastReplyMs: sentAt.length < CONTACTS ? PATIENCE_MS : Math.max(...sentAt) - startedAt,
    lastAckMs,
    ...countReplies(mega.sent.map(({ to }) => to)),
    busierShare: busierShare(cluster.log),
  };
}

/** One message of each contact, all at once. @returns When the last was acknowledged, ms. */
async function everybodyWrites(url: string): Promise<number> {
  const startedAt = performance.now();
  const messages = Array.from({ length: CONTACTS }, (_, contact) =>
    postMessage(url, {
      jid: contactJid(contact),
      id: `3EB0${String(contact).padStart(16, '0')}`,
      text: `Quanto custa o curso de Excel? (${contact})`,
    }),
  );
  await Promise.all(messages);
  return performance.now() - startedAt;
}

function countReplies(receivers: readonly string[]): Pick<Run, 'unanswered' | 'doubled'> {
  const replies = new Map<string, number>();
  for (const receiver of receivers) replies.set(receiver, (replies.get(receiver) ?? 0) + 1);
  return {
    unanswered: CONTACTS - replies.size,
    doubled: [...replies.values()].filter((count) => count > 1).length,
  };
}

function busierShare(log: string): number {
  const turns = new Map<number, number>();
  for (const pid of pidsOf(log, 'turn committed')) turns.set(pid, (turns.get(pid) ?? 0) + 1);
  return Math.max(0, ...turns.values());
}

/** Waits until it holds, or patience ends. */
async function until(holds: () => boolean): Promise<void> {
  const endAt = performance.now() + PATIENCE_MS;
  while (!holds() && performance.now() < endAt) await sleep(POLL_MS);
}
