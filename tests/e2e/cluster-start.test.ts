import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Pm2Cluster } from '../support/pm2-cluster.ts';
import { eventually } from '../support/polling.ts';
import { ensureBuilt } from '../support/project.ts';

describe('the pm2 cluster', () => {
  let cluster: Pm2Cluster | undefined;

  beforeAll(ensureBuilt, 90_000);

  afterEach(() => cluster?.close());

  it('says why a process cannot start, ends it, and tries again', async () => {
    const begun = await Pm2Cluster.start({ WEB_CONCURRENCY: '1' });
    cluster = begun;

    // pm2 keeps a channel open to each process, so one that does not exit by itself hangs for ever.
    await eventually('two starts that failed', () =>
      begun.count(/exited with code \[1\]/gu) >= 2 ? true : undefined,
    );

    expect(begun.output).toContain('OPENAI_API_KEY: is missing, and NODE_ENV is production');
    expect(begun.output).toContain('MEGA_API_TOKEN: is missing, and NODE_ENV is production');
  }, 30_000);
});
