import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

import { FilesystemKnowledgeStore } from '../../src/adapters/outbound/filesystem/filesystem-knowledge-store.ts';
import { DocumentReader } from '../../src/adapters/outbound/filesystem/documents/document-reader.ts';
import { SystemClock } from '../../src/adapters/outbound/system/system-clock.ts';
import { mixPassages } from './mixed-corpus.ts';
import { indexPlainly } from './plain-fts.ts';
import { askAll, indexPassages, settledMb } from './ranked-corpus.ts';
import { readCorpus, readQuestions } from './retrieval-data.ts';
import { percentile } from './retrieval-metrics.ts';
import { median } from './statistics.ts';
import { threadTime, watchTurns } from './thread-time.ts';

/** One measurement in a process of its own; prints one line of JSON. */
const [kind = '', count = '0', corpusFile = '', questionsFile = ''] = process.argv.slice(2);

async function measureEngine(): Promise<object> {
  const questions = readQuestions(questionsFile).slice(0, 600);
  const passages = mixPassages(readCorpus(corpusFile), Number(count));
  const before = settledMb();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const longestTurn = watchTurns();
  const used = threadTime();
  const index = kind === 'plain' ? indexPlainly : indexPassages;
  const { engine, indexSeconds, isReduced } = await index(passages);
  const indexCpuSeconds = used() / 1000;
  delay.disable();
  const blockedCpuMs = longestTurn();
  const [first] = askAll(engine, questions.slice(0, 1));
  const runs = askAll(engine, questions);
  const times = runs.map(({ ms }) => ms);
  const cpuTimes = runs.map(({ cpuMs }) => cpuMs);
  return {
    indexSeconds,
    indexCpuSeconds,
    isReduced,
    memoryMb: settledMb() - before,
    blockedMs: Math.max(0, delay.max / 1e6 - 1),
    blockedCpuMs,
    firstMs: first?.ms ?? 0,
    p50: percentile(times, 50),
    p99: percentile(times, 99),
    p50Cpu: percentile(cpuTimes, 50),
    p99Cpu: percentile(cpuTimes, 99),
  };
}

function openStore(folder: string, onRead: () => void): FilesystemKnowledgeStore {
  const clock = new SystemClock();
  const documents = new DocumentReader(clock);
  return new FilesystemKnowledgeStore({
    folder,
    personaFile: join(folder, 'persona.md'),
    contextTokens: 8000,
    clock,
    settleMs: 3000,
    read: async (file) => {
      const reading = await documents.read(file);
      onRead();
      return reading;
    },
  });
}

const FILES = 100;
const CHANGES = 7;

/** A folder of so many passages, whose files can be written anew, each with a first passage of its own. */
async function openFolder(): Promise<{
  readonly folder: string;
  readonly write: (file: number, first: string, at: number) => Promise<void>;
}> {
  const passages = mixPassages(readCorpus(corpusFile), Number(count));
  const folder = await mkdtemp(join(tmpdir(), 'retrieval-'));
  const size = Math.ceil(passages.length / FILES);
  const textOf = (file: number, first: string): string =>
    [first, ...passages.slice(file * size + 1, (file + 1) * size).map(({ text }) => text)]
      .map((text, index) => `P: ${index}?\nR: ${text}`)
      .join('\n\n');
  const write = async (file: number, first: string, at: number): Promise<void> => {
    const path = join(folder, `f${file}.txt`);
    await writeFile(path, textOf(file, first));
    await utimes(path, at, at);
  };
  for (let file = 0; file < FILES; file += 1) await write(file, 'primeiro', 1_000_000);
  return { folder, write };
}

/** From a changed file's being read to its being found, in a folder of so many passages. */
async function measureChange(): Promise<object> {
  const { folder, write } = await openFolder();
  let readAt = 0;
  const used = threadTime();
  const store = openStore(folder, () => {
    readAt = performance.now();
    used();
  });
  await store.reload('all');
  const times: number[] = [];
  const cpuTimes: number[] = [];
  for (let change = 0; change < CHANGES; change += 1) {
    const mark = `zqx${change}w`;
    await write(change * 3, mark, 2_000_000 + change);
    const { version } = store.current();
    const reloaded = store.reload('changed');
    while (store.current().version === version) await setImmediate();
    const { passages: found } = await store.find(mark);
    times.push(performance.now() - readAt);
    cpuTimes.push(used());
    await reloaded;
    if (found[0]?.text.includes(mark) !== true) throw new Error('the changed file is not found');
  }
  await rm(folder, { recursive: true });
  return {
    passages: store.current().passages,
    liveMs: median(times),
    liveCpuMs: median(cpuTimes),
    worstMs: Math.max(...times),
  };
}

const figures = await (kind === 'change' ? measureChange() : measureEngine());
process.stdout.write(`${JSON.stringify(figures)}\n`);
