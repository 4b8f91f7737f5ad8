import { type Figure, type Outcome } from './outcome.ts';
import { openBenchStore, type StorePlace } from './support/bench-store.ts';
import { onBothStores } from './support/both-stores.ts';
import { median, rounded } from './support/statistics.ts';
import { answerDue, AT_ONCE, deliverDue, everybodyWrites } from './support/store-life.ts';

const CONTACTS = 5_000;
const RUNS = 3;

interface Run {
  readonly turns: number;
  readonly deliveries: number;
  /** The longest round of claiming and ending, ms. */
  readonly longestMs: number;
}

/** How fast one process claims and ends what waits of 5,000 contacts, on both stores. */
export async function measureClaims(runs: number = RUNS): Promise<Outcome> {
  const { sqlite, postgres } = await onBothStores(runs, runOn);
  return {
    measurement: `claims: ${CONTACTS} contacts with one message each, one process`,
    figures: [...figuresOf('SQLite', sqlite), ...figuresOf('PostgreSQL', postgres)],
    notes: [
      `medians of ${runs} runs on a new database; ${AT_ONCE} claimed at once, each ended by a transaction of its own`,
    ],
  };
}

async function runOn(place: StorePlace): Promise<Run> {
  const store = await openBenchStore(place);
  try {
    await everybodyWrites(store, CONTACTS, '3EB0');
    const turns = await exhaust(() => answerDue(store));
    const deliveries = await exhaust(() => deliverDue(store));
    if (turns.count !== CONTACTS || deliveries.count !== CONTACTS) {
      throw new Error(`${turns.count} turns and ${deliveries.count} deliveries were claimed`);
    }
    return {
      turns: turns.perSecond,
      deliveries: deliveries.perSecond,
      longestMs: Math.max(turns.longestMs, deliveries.longestMs),
    };
  } finally {
    await store.close();
  }
}

/** Goes on until nothing is due. */
async function exhaust(
  round: () => Promise<number>,
): Promise<{ count: number; perSecond: number; longestMs: number }> {
  const startedAt = performance.now();
  let count = 0;
  let longestMs = 0;
  for (;;) {
    const roundAt = performance.now();
    const ended = await round();
    if (ended === 0) break;
    count += ended;
    longestMs = Math.max(longestMs, performance.now() - roundAt);
  }
  return { count, longestMs, perSecond: (count * 1000) / (performance.now() - startedAt) };
}

function figuresOf(name: string, runs: readonly Run[]): readonly Figure[] {
  const of = (figure: keyof Run): number => rounded(median(runs.map((run) => run[figure])));
  return [
    { name: `${name}, turns`, value: of('turns'), unit: 'a second' },
    { name: `${name}, deliveries`, value: of('deliveries'), unit: 'a second' },
    { name: `${name}, longest round`, value: of('longestMs'), unit: 'ms' },
  ];
}
