import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { missedBars, type Figure, type Outcome } from '../bench/outcome.ts';
import { withScratchFolder } from '../bench/support/scratch-folder.ts';
import { POSTGRES, PostgresServer } from '../tests/support/postgres-server.ts';
import { runChaos, type ChaosOptions, type ChaosRun } from './chaos-run.ts';
import { ProcessKiller } from './support/process-killer.ts';
import { ProcessStopper } from './support/process-stopper.ts';
import { ServerCrasher } from './support/server-crasher.ts';
import { type Targets, type Trouble } from './support/trouble.ts';

/** A run, by the seed that all of its decisions follow from. */
export type Scenario = (seed: number) => Promise<Outcome>;

interface Form {
  /** What befalls the service, in words. */
  readonly name: string;
  readonly echoes: boolean;
  readonly strikes: number;
  readonly trouble: (targets: Targets, server?: PostgresServer) => Trouble;
  /** A process that stands still keeps its connections waiting. */
  readonly leavesHanging?: boolean;
}

const LONG = { messages: 2_000, contacts: 100, durationMs: 60_000, unconfirmed: 0.09 } as const;
const SQLITE_PROCESSES = 2;
const POSTGRES_PROCESSES = 3;

const KILLS: Form = {
  name: 'kill -9',
  echoes: true,
  strikes: 60,
  trouble: (targets) => new ProcessKiller(targets),
};

const STOPS: Form = {
  name: 'SIGSTOP for 1 to 15 s',
  echoes: true,
  strikes: 20,
  trouble: (targets) => new ProcessStopper(targets),
  leavesHanging: true,
};

const RESTARTS: Form = {
  name: "crashes of the database's server",
  echoes: true,
  strikes: 10,
  trouble: ({ random }, server) => new ServerCrasher(present(server), random),
};

/** The long forms, each by its name. */
export const SCENARIOS: ReadonlyMap<string, Scenario> = new Map([
  ['kills-sqlite', onSqlite(KILLS)],
  ['kills-postgres', onPostgres(KILLS)],
  ['kills-sqlite-no-echo', onSqlite({ ...KILLS, echoes: false })],
  ['kills-postgres-no-echo', onPostgres({ ...KILLS, echoes: false })],
  ['restarts-postgres', onPostgres(RESTARTS)],
  ['stops-sqlite', onSqlite(STOPS)],
  ['stops-postgres', onPostgres(STOPS)],
]);

function onSqlite(form: Form): Scenario {
  return (seed) =>
    withScratchFolder((folder) => {
      const databaseUrl = `file:${join(folder, 'agent.db')}`;
      return judge(form, {
        ...LONG,
        ...form,
        seed,
        folder,
        databaseUrl,
        processes: SQLITE_PROCESSES,
      });
    });
}

function onPostgres(form: Form): Scenario {
  return (seed) =>
    withScratchFolder(async (folder) => {
      if (POSTGRES.path === undefined || !existsSync(POSTGRES.path)) {
        throw new Error('there is no PostgreSQL on this machine');
      }
      const server = await PostgresServer.start(POSTGRES.path);
      try {
        return await judge(form, {
          ...LONG,
          ...form,
          trouble: (targets) => form.trouble(targets, server),
          seed,
          folder,
          databaseUrl: await server.emptyDatabase(),
          processes: POSTGRES_PROCESSES,
        });
      } finally {
        await server.stop();
      }
    });
}

function present(server: PostgresServer | undefined): PostgresServer {
  if (server === undefined) throw new Error('there is no server');
  return server;
}

/** Keeps the evidence of a run that missed a bar, or came to no end. */
async function judge(form: Form, options: ChaosOptions): Promise<Outcome> {
  const kept = `${options.folder}-kept`;
  try {
    const outcome = outcomeOf(form, await runChaos(options), options);
    if (missedBars([outcome]).length === 0) return outcome;
    renameSync(options.folder, kept);
    return { ...outcome, notes: [...outcome.notes, `database and log: ${kept}`] };
  } catch (error) {
    renameSync(options.folder, kept);
    throw new Error(`the run came to no end; database and log: ${kept}`, { cause: error });
  }
}

function outcomeOf(
  { name, strikes, leavesHanging }: Form,
  run: ChaosRun,
  options: ChaosOptions,
): Outcome {
  const { account, stored } = run;
  const { databaseUrl, echoes, processes, seed } = options;
  const store = databaseUrl.startsWith('file:') ? 'SQLite' : 'PostgreSQL';
  return {
    measurement: `${name} on ${store}, ${processes} processes, echoes ${echoes ? 'on' : 'off'}`,
    figures: [
      { ...figure('strikes', run.strikes), bar: { atLeast: strikes } },
      figure('attempted', account.attempted),
      none('not acknowledged', account.attempted - account.acknowledged),
      figure('acknowledged', account.acknowledged),
      figure('answered once', account.answeredOnce),
      none('lost', account.lost),
      ...duplicates(run, echoes),
      none('unexpected', account.unexpected),
      figure('recovered', account.recovered),
      none('out of order', account.outOfOrder),
      none('overlapping', run.overlapping),
      (leavesHanging === true ? figure : none)('webhooks left hanging', run.stranded),
      none('broken', stored.integrity === 'ok' ? 0 : 1),
    ],
    notes: [
      `seed ${seed}; ${run.seconds} s; ${run.copies} further deliveries of messages; ${run.unconfirmed} sends delivered and not confirmed`,
      `${stored.settledByEcho} replies settled by their echo, ${stored.resends} sent again, ${stored.held} held, ${stored.givenUp} given up`,
      ...run.findings,
    ],
  };
}

function figure(name: string, value: number): Figure {
  return { name, value, unit: '' };
}

function none(name: string, value: number): Figure {
  return { ...figure(name, value), bar: { atMost: 0 } };
}

/** Without echoes an unconfirmed send costs one further copy at most, and each repetition is on record. */
function duplicates({ account, stored }: ChaosRun, echoes: boolean): Figure[] {
  if (echoes) return [none('duplicated', account.duplicated)];
  return [
    figure('duplicated', account.duplicated),
    {
      ...figure('most copies of one', account.mostCopies),
      bar: { atMost: 1 + stored.mostResends },
    },
    figure('most repetitions of one', stored.mostResends),
    { ...figure('replies too many', account.repeatedReplies), bar: { atMost: stored.resends } },
    figure('repetitions on record', stored.resends),
  ];
}
