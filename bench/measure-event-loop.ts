import { join } from 'node:path';
import { type Outcome } from './outcome.ts';
import { reportOf } from './support/reporting-child.ts';
import { withScratchFolder } from './support/scratch-folder.ts';
import { median, rounded } from './support/statistics.ts';
import { type WriterOrder, type WriterReport } from './support/store-writer.ts';

const RUNS = 5;
const WRITERS = 2;
const SECONDS = 10;
const WARM_UP_SECONDS = 2;
/** Messages a second of both together, each answered and delivered. */
const RATE = 500;
/** A writer that takes longer is given up. */
const WITHIN_MS = (SECONDS + WARM_UP_SECONDS) * 1000 + 20_000;

/** How late two processes that write to one SQLite file come to anything else, and for how long a transaction holds them. */
export async function measureEventLoop(runs: number = RUNS): Promise<Outcome> {
  const reports: WriterReport[][] = [];
  while (reports.length < runs) reports.push(await withScratchFolder(runOnce));
  /** Of each run the worse of its writers. */
  const worse = (figure: keyof WriterReport): number =>
    median(reports.map((writers) => Math.max(...writers.map((writer) => writer[figure]))));
  const sum = (figure: keyof WriterReport): number =>
    median(reports.map((writers) => writers.reduce((total, writer) => total + writer[figure], 0)));
  return {
    measurement: `event-loop: ${WRITERS} processes that write to one SQLite file, ${RATE} messages a second`,
    figures: [
      {
        name: 'event loop late, p99',
        value: rounded(worse('loopP99'), 1),
        unit: 'ms',
        bar: { atMost: 15 },
      },
      {
        name: 'longest transaction',
        value: rounded(worse('transactionWorst'), 1),
        unit: 'ms',
        bar: { atMost: 50 },
      },
      {
        name: 'longest transaction, processor time',
        value: rounded(worse('transactionProcessorWorst'), 1),
        unit: 'ms',
      },
      { name: 'event loop late, worst', value: rounded(worse('loopWorst'), 1), unit: 'ms' },
      { name: 'transaction, p99', value: rounded(worse('transactionP99'), 1), unit: 'ms' },
      { name: 'transactions', value: sum('transactions'), unit: `in ${SECONDS} s` },
      { name: 'messages', value: sum('messages'), unit: `in ${SECONDS} s` },
    ],
    notes: [
      `medians of ${runs} runs on a new file, of each run the worse process; no HTTP and no model, so that only database work is counted`,
      'each message is stored, answered, sent and settled; a transaction counts from BEGIN to the end of COMMIT',
    ],
  };
}

async function runOnce(folder: string): Promise<WriterReport[]> {
  const file = join(folder, 'agent.db');
  const writers = Array.from({ length: WRITERS }, (_, index) =>
    reportOf<WriterReport>('bench/support/store-writer.ts', orderOf(file, index), WITHIN_MS),
  );
  return Promise.all(writers);
}

function orderOf(file: string, index: number): WriterOrder {
  return {
    file,
    owner: `writer-${index}`,
    rate: RATE / WRITERS,
    seconds: SECONDS,
    warmUpSeconds: WARM_UP_SECONDS,
  };
}
