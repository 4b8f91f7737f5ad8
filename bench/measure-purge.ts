import { type Figure, type Outcome } from './outcome.ts';
import { openBenchStore, type StorePlace } from './support/bench-store.ts';
import { onBothStores } from './support/both-stores.ts';
import { type PurgerOrder, type PurgerReport } from './support/purger.ts';
import { reportOf } from './support/reporting-child.ts';
import { median, rounded } from './support/statistics.ts';
import { answerDue, deliverDue, everybodyWrites } from './support/store-life.ts';

const RUNS = 5;
const PURGERS = 2;
const CONTACTS = 1_000;
const ROUNDS = 10;
const WITHIN_MS = 300_000;

interface Run {
  readonly erased: number;
  readonly longestMs: number;
  readonly processorMs: number;
  readonly loopWorst: number;
}

/** How long a purge keeps anybody waiting while two processes purge at once, on both stores. */
export async function measurePurge(runs: number = RUNS): Promise<Outcome> {
  const { sqlite, postgres } = await onBothStores(runs, runOn);
  return {
    measurement: `purge: ${PURGERS} processes erase ${CONTACTS * ROUNDS} conversations at once`,
    figures: [
      ...figuresOf('SQLite, longest transaction', sqlite),
      {
        name: 'SQLite, longest transaction, processor time',
        value: rounded(median(sqlite.map(({ processorMs }) => processorMs)), 1),
        unit: 'ms',
      },
      ...figuresOf('PostgreSQL, longest step', postgres),
    ],
    notes: [
      `medians of ${runs} runs, of each run the worse process; steps of 200 rows with a pause between, as the service makes them`,
      'a step on PostgreSQL counts with its way to the server and back',
    ],
  };
}

async function runOn(place: StorePlace): Promise<Run> {
  await fill(place);
  const orders = Array.from({ length: PURGERS }, (_, index): PurgerOrder => {
    return { place, owner: `purger-${index}` };
  });
  const reports = await Promise.all(
    orders.map((order) => reportOf<PurgerReport>('bench/support/purger.ts', order, WITHIN_MS)),
  );
  const longest = 'file' in place ? 'transactionWorst' : 'stepWorst';
  return {
    erased: reports.reduce((sum, { erased }) => sum + erased, 0),
    longestMs: Math.max(...reports.map((report) => report[longest])),
    processorMs: Math.max(...reports.map((report) => report.transactionProcessorWorst)),
    loopWorst: Math.max(...reports.map(({ loopWorst }) => loopWorst)),
  };
}

/** Messages that were answered, and replies that have left. */
async function fill(place: StorePlace): Promise<void> {
  const store = await openBenchStore(place);
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      await everybodyWrites(store, CONTACTS, `3EB0${round}`);
      while ((await answerDue(store)) > 0);
      while ((await deliverDue(store)) > 0);
    }
  } finally {
    await store.close();
  }
}

function figuresOf(name: string, runs: readonly Run[]): readonly Figure[] {
  const of = (figure: keyof Run): number => median(runs.map((run) => run[figure]));
  const [store = ''] = name.split(',');
  return [
    { name, value: rounded(of('longestMs'), 1), unit: 'ms', bar: { atMost: 50 } },
    { name: `${store}, event loop late, worst`, value: rounded(of('loopWorst'), 1), unit: 'ms' },
    { name: `${store}, erased`, value: of('erased'), unit: 'rows and texts' },
  ];
}
