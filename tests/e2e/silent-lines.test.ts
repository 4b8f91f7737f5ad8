import { beforeAll, describe, expect, it } from '@jest/globals';

import { type ChaosRun, runChaos } from '../../chaos/chaos-run.ts';
import { LineCutter } from '../../chaos/support/line-cutter.ts';
import { type Line, type Targets } from '../../chaos/support/trouble.ts';
import { describeWith } from '../support/describe-with.ts';
import { POSTGRES, PostgresServer } from '../support/postgres-server.ts';
import { ensureBuilt } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SHORT = {
  seed: 20_261_125,
  processes: 2,
  messages: 60,
  contacts: 20,
  durationMs: 12_000,
  trouble: (targets: Targets) => new LineCutter(targets),
  strikes: 1,
  echoes: true,
  unconfirmed: 0,
} as const;

/** A run ends by itself when nothing moves any more; this is for a machine that hardly moves. */
const LONGEST_MS = 600_000;

interface Outcome {
  readonly run: ChaosRun;
  readonly remove: () => void;
}

/** Nothing arrives and nothing is closed for 8 s, as behind a cut cable. */
describe('the service, when its line falls silent', () => {
  const outcomes = new Map<Line, Promise<Outcome>>();

  // All at once: each has a cluster of its own, and waits most of the time.
  beforeAll(async () => {
    await ensureBuilt();
    for (const line of ['gateway', 'model'] as const) outcomes.set(line, onSqlite(line));
    if (POSTGRES.path !== undefined) outcomes.set('database', onPostgres(POSTGRES.path));
    await Promise.allSettled(outcomes.values());
  }, LONGEST_MS);

  it.each(['gateway', 'model'] as const)(
    'to the %s, loses nothing and answers each message once',
    async (line) => {
      expectNothingAmiss(await outcomes.get(line));
    },
  );

  describeWith(POSTGRES, 'to the database', () => {
    it('loses nothing, answers each message once, and lets no webhook hang', async () => {
      expectNothingAmiss(await outcomes.get('database'));
    });
  });
});

async function onSqlite(line: Line): Promise<Outcome> {
  const { folder, remove } = temporaryFolder();
  const run = await runChaos({ ...SHORT, folder, databaseUrl: `file:${folder}/agent.db`, line });
  return { run, remove };
}

async function onPostgres(binaries: string): Promise<Outcome> {
  const { folder, remove } = temporaryFolder();
  const server = await PostgresServer.start(binaries);
  const databaseUrl = await server.emptyDatabase();
  const run = await runChaos({ ...SHORT, folder, databaseUrl, line: 'database' }).finally(() =>
    server.stop(),
  );
  return { run, remove };
}

function expectNothingAmiss(outcome: Outcome | undefined): void {
  expect(outcome?.run.findings).toEqual([]);
  expect(outcome?.run).toMatchObject({
    account: { attempted: 60, acknowledged: 60, answeredOnce: 60, outOfOrder: 0 },
    overlapping: 0,
    stranded: 0,
  });
  expect(outcome?.run.strikes).toBe(1);
  // What a run leaves that went wrong is kept.
  outcome?.remove();
}
