import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { runKills } from '../../chaos/kill-run.ts';
import { ensureBuilt } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Another one is tried with `npm run chaos`, which also has the long forms. */
const SEED = 20_261_125;

describe('the cluster whose processes are killed', () => {
  beforeAll(() => ensureBuilt(), 120_000);

  it('loses nothing, doubles nothing, and answers in order', async () => {
    const { folder, remove } = temporaryFolder();
    const run = await runKills({
      seed: SEED,
      folder,
      databaseUrl: `file:${join(folder, 'agent.db')}`,
      processes: 2,
      messages: 300,
      contacts: 30,
      durationMs: 8_000,
      kills: 12,
      echoes: true,
    });
    remove();

    expect(run).toMatchObject({
      account: {
        attempted: 300,
        acknowledged: 300,
        answeredOnce: 300,
        lost: 0,
        duplicated: 0,
        unexpected: 0,
        outOfOrder: 0,
      },
      overlapping: 0,
      stored: { integrity: 'ok', isDrained: true, givenUp: 0 },
    });
    expect(run.kills).toBeGreaterThanOrEqual(12);
    expect(run.copies).toBeGreaterThan(0);
    expect(run.unconfirmed).toBeGreaterThan(0);
  }, 120_000);
});
