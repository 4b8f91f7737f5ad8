import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Client } from 'pg';

import { type Migration, migrate } from '../../../src/adapters/outbound/postgres/migrate.ts';
import { describeWith } from '../../support/describe-with.ts';
import {
  POSTGRES,
  PostgresServer,
  SERVER_START_MS,
  rowsOf,
} from '../../support/postgres-server.ts';

const FIRST: Migration = { version: 1, sql: 'CREATE TABLE one (id BIGINT)' };
const SECOND: Migration = { version: 2, sql: 'CREATE TABLE two (id BIGINT)' };

describeWith(POSTGRES, 'migrate', (binaries) => {
  let server: PostgresServer;
  let url: string;
  let client: Client;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());
  beforeEach(async () => {
    url = await server.emptySchema();
    client = new Client({ connectionString: url });
    await client.connect();
  });
  afterEach(() => client.end());

  const versions = async (): Promise<number[]> =>
    (await rowsOf(url, 'SELECT version FROM migration ORDER BY version')).map(({ version }) =>
      Number(version),
    );

  it('applies each step once', async () => {
    await migrate(client, [FIRST]);
    await migrate(client, [FIRST, SECOND]);
    await migrate(client, [FIRST, SECOND]);

    expect(await versions()).toEqual([1, 2]);
  });

  it('refuses a step that reads differently from what was applied', async () => {
    await migrate(client, [FIRST]);

    await expect(migrate(client, [{ ...FIRST, sql: `${FIRST.sql};` }])).rejects.toThrow(
      'migration 1 was changed after it had been applied to this database',
    );
  });

  it('leaves nothing of steps of which one fails', async () => {
    const broken = { version: 3, sql: 'CREATE TABLE three (id BIGINT); CREATE NOTHING' };

    await expect(migrate(client, [FIRST, SECOND, broken])).rejects.toThrow('syntax error');
    await migrate(client, [FIRST]);

    expect(await versions()).toEqual([1]);
  });

  it('leaves alone what a newer release has added', async () => {
    await migrate(client, [FIRST, SECOND]);
    await migrate(client, [FIRST]);

    expect(await versions()).toEqual([1, 2]);
  });

  it('lets several connections come up at once', async () => {
    const others = [1, 2, 3].map(() => new Client({ connectionString: url }));
    await Promise.all(others.map((other) => other.connect()));

    await Promise.all([client, ...others].map((connection) => migrate(connection)));

    expect(await versions()).toEqual([1]);
    await Promise.all(others.map((other) => other.end()));
  });
});
