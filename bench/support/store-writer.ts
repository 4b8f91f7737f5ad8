/**
 * One of several processes that write to the same SQLite file, without anything else to do: brings
 * messages in at a steady rate, answers and delivers what is due, and tells its parent how late its
 * event loop came round and how long its transactions took.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBenchStore } from './bench-store.ts';
import { answerDue, deliverDue, receiveOne } from './store-life.ts';
import { type TransactionTime, TransactionWatch } from './transaction-watch.ts';

/** What the parent asks for. */
export interface WriterOrder {
  readonly file: string;
  readonly owner: string;
  /** Messages a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

/** What the writer answers; times in ms. */
export interface WriterReport {
  readonly messages: number;
  readonly loopP99: number;
  readonly loopWorst: number;
  readonly transactions: number;
  readonly transactionP99: number;
  readonly transactionWorst: number;
  /** The longest one by its processor time. */
  readonly transactionProcessorWorst: number;
}

const RESOLUTION_MS = 2;
const ROUND_MS = 10;
const CONTACTS = 1_000;

process.on('message', (order: WriterOrder) => {
  void write(order).then((report) => {
    process.send?.(report);
    process.disconnect();
  });
});

async function write(order: WriterOrder): Promise<WriterReport> {
  const watch = TransactionWatch.start();
  const store = await openBenchStore(order, { owner: order.owner });
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let posted = 0;
  const live = async (seconds: number): Promise<number> => {
    const startedAt = performance.now();
    const first = posted;
    for (;;) {
      const elapsedMs = performance.now() - startedAt;
      if (elapsedMs >= seconds * 1000) return posted - first;
      const due = Math.floor((elapsedMs * order.rate) / 1000) - (posted - first);
      const arriving = Array.from({ length: Math.max(0, due) }, () => {
        posted += 1;
        return receiveOne(store.inbox, posted % CONTACTS, `${order.owner}-${posted}`);
      });
      await Promise.all([...arriving, answerDue(store), deliverDue(store)]);
      await sleep(ROUND_MS);
    }
  };
  await live(order.warmUpSeconds);
  watch.reset();
  histogram.enable();
  const messages = await live(order.seconds);
  histogram.disable();
  await store.close();
  return report(messages, histogram, watch.times);
}

function report(
  messages: number,
  histogram: ReturnType<typeof monitorEventLoopDelay>,
  transactions: readonly TransactionTime[],
): WriterReport {
  // The histogram holds whole rounds; a punctual one takes as long as the resolution.
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  const sorted = transactions.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return {
    messages,
    loopP99: late(histogram.percentile(99)),
    loopWorst: late(histogram.max),
    transactions: sorted.length,
    transactionP99: sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0,
    transactionWorst: sorted.at(-1) ?? 0,
    transactionProcessorWorst: Math.max(0, ...transactions.map((one) => one.processorMs)),
  };
}
