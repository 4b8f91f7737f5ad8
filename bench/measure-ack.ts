import { DatabaseSync } from 'node:sqlite';
import { type Outcome } from './outcome.ts';
import { type ChildServer } from './support/child-server.ts';
import { CONNECTIONS, CONTACTS } from './support/load.ts';
import { measuredLoad, type MeasuredLoad } from './support/measured-load.ts';
import { withScratchFolder } from './support/scratch-folder.ts';
import { databaseIn, startEcho, startService } from './support/servers.ts';
import { PAUSED_TURNS, productionEnvironment } from './support/service-environment.ts';
import { median, rounded } from './support/statistics.ts';

const PAIRS = 5;
const SECONDS = 8;
const WARM_UP_SECONDS = 3;

interface Pair {
  readonly echo: MeasuredLoad;
  readonly service: MeasuredLoad;
}

/** How many messages a second one process makes durable, beside a bare Express 5 that only answers. */
export function measureAck(): Promise<Outcome> {
  return withScratchFolder(async (folder) => {
    const echo = await startEcho(folder);
    const { server: service } = await startService({
      folder,
      environment: productionEnvironment(PAUSED_TURNS),
    });
    const warmUp = await runPair(echo, service, WARM_UP_SECONDS);
    const pairs: Pair[] = [];
    while (pairs.length < PAIRS) pairs.push(await runPair(echo, service, SECONDS));
    await Promise.all([echo.stop(), service.stop()]);
    return outcomeOf(pairs, checkStored(folder, [warmUp, ...pairs]));
  });
}

/** One load after the other, so that neither disturbs the other. */
async function runPair(echo: ChildServer, service: ChildServer, seconds: number): Promise<Pair> {
  return {
    echo: await measuredLoad(echo, { seconds }),
    service: await measuredLoad(service, { seconds }),
  };
}

/** @throws Error when the database holds fewer messages than were acknowledged, or more than were sent. */
function checkStored(
  folder: string,
  pairs: readonly Pair[],
): { acknowledged: number; stored: number } {
  const acknowledged = sum(pairs.map(({ service }) => service.acknowledged));
  const sent = sum(pairs.map(({ service }) => service.sent));
  const database = new DatabaseSync(databaseIn(folder), { readOnly: true });
  const row = database
    .prepare(
      `SELECT count(*) AS stored, count(DISTINCT contact_id) AS contacts FROM inbox WHERE state = 'pending'`,
    )
    .get();
  database.close();
  const stored = Number(row?.['stored']);
  if (stored < acknowledged || stored > sent) {
    throw new Error(
      `${acknowledged} messages were acknowledged, ${sent} sent, and ${stored} stored`,
    );
  }
  if (row?.['contacts'] !== CONTACTS)
    throw new Error('the messages are not those of 1,000 contacts');
  return { acknowledged, stored };
}

function outcomeOf(pairs: readonly Pair[], stored: ReturnType<typeof checkStored>): Outcome {
  const ratio = median(pairs.map(({ echo, service }) => service.perSecond / echo.perSecond));
  const processor = median(
    pairs.map(({ echo, service }) => echo.processorUs / service.processorUs),
  );
  const of = (side: keyof Pair, figure: keyof MeasuredLoad): number =>
    rounded(median(pairs.map((pair) => pair[side][figure])));
  return {
    measurement: 'ack: messages made durable, beside a bare Express 5',
    figures: [
      {
        name: 'service / echo',
        value: rounded(ratio, 2),
        unit: 'of its rate',
        bar: { atLeast: 0.35 },
      },
      { name: 'service', value: of('service', 'perSecond'), unit: 'a second' },
      { name: 'echo', value: of('echo', 'perSecond'), unit: 'a second' },
      { name: 'service, processor time', value: of('service', 'processorUs'), unit: 'us each' },
      { name: 'echo, processor time', value: of('echo', 'processorUs'), unit: 'us each' },
      { name: 'echo / service, processor time', value: rounded(processor, 2), unit: '' },
      { name: 'service, p99 under this load', value: of('service', 'p99'), unit: 'ms' },
      { name: 'acknowledged', value: stored.acknowledged, unit: 'messages' },
      { name: 'stored', value: stored.stored, unit: 'messages' },
    ],
    notes: [
      `medians of ${PAIRS} pairs of ${SECONDS} s, ${CONNECTIONS} connections, ${CONTACTS} contacts, turns paused, log to a file`,
      'stored and not acknowledged: in flight when a load ended',
    ],
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
