import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { missedBars, type Outcome } from '../bench/outcome.ts';
import { withScratchFolder } from '../bench/support/scratch-folder.ts';
import { POSTGRES, PostgresServer } from '../tests/support/postgres-server.ts';
import { runKills, type KillRun, type KillRunOptions } from './kill-run.ts';

const LONG = { messages: 2_000, contacts: 100, durationMs: 60_000, kills: 60 } as const;
const SQLITE_PROCESSES = 2;
const POSTGRES_PROCESSES = 3;

/** `kill -9` on SQLite, in the cluster of deploy/. */
export function killsOnSqlite(echoes: boolean): (seed: number) => Promise<Outcome> {
  return (seed) =>
    withScratchFolder(async (folder) => {
      const databaseUrl = `file:${join(folder, 'agent.db')}`;
      const place = { folder, databaseUrl, processes: SQLITE_PROCESSES };
      return judge({ ...LONG, ...place, seed, echoes });
    });
}

/** `kill -9` on PostgreSQL. */
export function killsOnPostgres(echoes: boolean): (seed: number) => Promise<Outcome> {
  return (seed) =>
    withScratchFolder(async (folder) => {
      if (POSTGRES.path === undefined || !existsSync(POSTGRES.path)) {
        throw new Error('there is no PostgreSQL on this machine');
      }
      const server = await PostgresServer.start(POSTGRES.path);
      try {
        const databaseUrl = await server.emptyDatabase();
        const place = { folder, databaseUrl, processes: POSTGRES_PROCESSES };
        return await judge({ ...LONG, ...place, seed, echoes });
      } finally {
        await server.stop();
      }
    });
}

/** Keeps the evidence of a run that missed a bar, or came to no end. */
async function judge(options: KillRunOptions): Promise<Outcome> {
  const kept = `${options.folder}-kept`;
  try {
    const outcome = outcomeOf(await runKills(options), options);
    if (missedBars([outcome]).length === 0) return outcome;
    renameSync(options.folder, kept);
    return { ...outcome, notes: [...outcome.notes, `database and log: ${kept}`] };
  } catch (error) {
    renameSync(options.folder, kept);
    throw new Error(`the run came to no end; database and log: ${kept}`, { cause: error });
  }
}

function outcomeOf(run: KillRun, options: KillRunOptions): Outcome {
  const { account, stored } = run;
  const store = options.databaseUrl.startsWith('file:') ? 'SQLite' : 'PostgreSQL';
  const figure = (name: string, value: number): Outcome['figures'][number] => ({
    name,
    value,
    unit: '',
  });
  const none = (name: string, value: number): Outcome['figures'][number] => ({
    ...figure(name, value),
    bar: { atMost: 0 },
  });
  return {
    measurement: `kill -9 on ${store}, ${options.processes} processes, echoes ${options.echoes ? 'on' : 'off'}`,
    figures: [
      { ...figure('kills', run.kills), bar: { atLeast: options.kills } },
      figure('attempted', account.attempted),
      none('not acknowledged', account.attempted - account.acknowledged),
      figure('acknowledged', account.acknowledged),
      figure('answered once', account.answeredOnce),
      none('lost', account.lost),
      ...duplicates(run, options.echoes),
      none('unexpected', account.unexpected),
      figure('recovered', account.recovered),
      none('out of order', account.outOfOrder),
      none('overlapping', run.overlapping),
      none('webhooks left hanging', run.stranded),
      none('broken', stored.integrity === 'ok' ? 0 : 1),
    ],
    notes: [
      `seed ${options.seed}; ${run.seconds} s; ${run.copies} further deliveries of messages; ${run.unconfirmed} sends delivered and not confirmed`,
      `${stored.settledByEcho} replies settled by their echo, ${stored.resends} sent again, ${stored.givenUp} given up`,
      ...run.findings,
    ],
  };
}

/** Without echoes an unconfirmed send is repeated once, and each repetition is on record. */
function duplicates({ account, stored }: KillRun, echoes: boolean): Outcome['figures'] {
  if (echoes) {
    return [{ name: 'duplicated', value: account.duplicated, unit: '', bar: { atMost: 0 } }];
  }
  return [
    { name: 'duplicated', value: account.duplicated, unit: '' },
    { name: 'most copies of one', value: account.mostCopies, unit: '', bar: { atMost: 2 } },
    { name: 'repetitions on record', value: stored.resends, unit: '' },
  ];
}
