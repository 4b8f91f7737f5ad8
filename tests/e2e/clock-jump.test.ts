import { afterAll, beforeAll } from '@jest/globals';

import { clockJumpContract } from '../contracts/clock-jump-contract.ts';
import { describeWith } from '../support/describe-with.ts';
import { FakeWallClock, LIBFAKETIME } from '../support/fake-wall-clock.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../support/postgres-server.ts';

describeWith(LIBFAKETIME, 'jumps of the time of day', (library) => {
  const wallClock = new FakeWallClock(library);

  afterAll(() => {
    wallClock.remove();
  });

  clockJumpContract(
    'SQLite',
    () => wallClock,
    (folder) => `file:${folder}/agent.db`,
  );

  describeWith(POSTGRES, 'jumps of the time of day', (binaries) => {
    let server: PostgresServer;

    beforeAll(async () => {
      server = await PostgresServer.start(binaries, {}, wallClock.environment);
    }, SERVER_START_MS);
    afterAll(() => server.stop());

    clockJumpContract(
      'PostgreSQL',
      () => wallClock,
      () => server.emptySchema(),
    );
  });
});
