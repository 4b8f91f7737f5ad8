import { DatabaseSync } from 'node:sqlite';
import { type Figure } from '../outcome.ts';
import { CONNECTIONS, CONTACTS } from './load.ts';
import { measuredLoad, type LoadedServer, type MeasuredLoad } from './measured-load.ts';
import { databaseIn } from './servers.ts';
import { median, rounded } from './statistics.ts';

const PAIRS = 5;
const SECONDS = 8;
const WARM_UP_SECONDS = 3;

/** What the store holds in the end. */
export const STORED_SQL = `SELECT count(*) AS stored, count(DISTINCT contact_id) AS contacts
  FROM inbox WHERE state = 'pending'`;

type StoredRow = Readonly<Record<string, unknown>>;

/** What {@link STORED_SQL} gives of the SQLite database of a service that was started in a folder. */
export function storedIn(folder: string): StoredRow | undefined {
  const database = new DatabaseSync(databaseIn(folder), { readOnly: true });
  const row = database.prepare(STORED_SQL).get();
  database.close();
  return row;
}

const LOAD_NOTE = `${CONNECTIONS} connections, ${CONTACTS} contacts, turns paused, log to a file`;

interface Pair {
  readonly echo: MeasuredLoad;
  readonly service: MeasuredLoad;
}

/** The same load on a bare echo and on the service in turn, after a warm-up that counts for what is stored. */
export class AckPairs {
  readonly #pairs: readonly Pair[];
  readonly #warmUp: Pair;

  private constructor(warmUp: Pair, pairs: readonly Pair[]) {
    this.#warmUp = warmUp;
    this.#pairs = pairs;
  }

  static async measure(
    echo: LoadedServer,
    service: LoadedServer,
    count: number = PAIRS,
  ): Promise<AckPairs> {
    const warmUp = await runPair(echo, service, WARM_UP_SECONDS);
    const pairs: Pair[] = [];
    while (pairs.length < count) pairs.push(await runPair(echo, service, SECONDS));
    return new AckPairs(warmUp, pairs);
  }

  /** How it was measured. */
  get note(): string {
    return `medians of ${this.#pairs.length} pairs of ${SECONDS} s, ${LOAD_NOTE}`;
  }

  /**
   * @param row - What {@link STORED_SQL} gave afterwards.
   * @param bar - What the ratio of the rates must come to, where that was asked for.
   * @throws Error when it holds fewer messages than were acknowledged, or more than were sent.
   */
  figures(row: StoredRow | undefined, bar?: Figure['bar']): readonly Figure[] {
    const stored = Number(row?.['stored']);
    const loads = [this.#warmUp, ...this.#pairs].map(({ service }) => service);
    const acknowledged = sum(loads.map((load) => load.acknowledged));
    const sent = sum(loads.map((load) => load.sent));
    if (stored < acknowledged || stored > sent || Number(row?.['contacts']) !== CONTACTS) {
      throw new Error(`${acknowledged} were acknowledged, ${sent} sent, and ${stored} stored`);
    }
    return [
      {
        name: 'service / echo',
        value: this.#ratio(({ echo, service }) => service.perSecond / echo.perSecond),
        unit: 'of its rate',
        ...(bar === undefined ? {} : { bar }),
      },
      { name: 'service', value: this.#of('service', 'perSecond'), unit: 'a second' },
      { name: 'echo', value: this.#of('echo', 'perSecond'), unit: 'a second' },
      {
        name: 'service, processor time',
        value: this.#of('service', 'processorUs'),
        unit: 'us each',
      },
      { name: 'echo, processor time', value: this.#of('echo', 'processorUs'), unit: 'us each' },
      {
        name: 'echo / service, processor time',
        value: this.#ratio(({ echo, service }) => echo.processorUs / service.processorUs),
        unit: '',
      },
      { name: 'service, p50 under this load', value: this.#of('service', 'p50'), unit: 'ms' },
      { name: 'service, p99 under this load', value: this.#of('service', 'p99'), unit: 'ms' },
      { name: 'acknowledged', value: acknowledged, unit: 'messages' },
      { name: 'stored', value: stored, unit: 'messages' },
    ];
  }

  #ratio(ratioOf: (pair: Pair) => number): number {
    return rounded(median(this.#pairs.map(ratioOf)), 2);
  }

  #of(side: keyof Pair, figure: keyof MeasuredLoad): number {
    return rounded(median(this.#pairs.map((pair) => pair[side][figure])));
  }
}

/** One load after the other, so that neither disturbs the other. */
async function runPair(echo: LoadedServer, service: LoadedServer, seconds: number): Promise<Pair> {
  return {
    echo: await measuredLoad(echo, { seconds }),
    service: await measuredLoad(service, { seconds }),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
