import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Migration, migrate } from '../../../src/adapters/outbound/sqlite/migrate.ts';
import { SqliteDatabase } from '../../../src/adapters/outbound/sqlite/sqlite-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const FIRST: Migration = { version: 1, sql: 'CREATE TABLE one (id INTEGER) STRICT' };
const SECOND: Migration = { version: 2, sql: 'CREATE TABLE two (id INTEGER) STRICT' };

describe('migrate', () => {
  let files: ReturnType<typeof temporaryFolder>;
  let file: string;
  let db: SqliteDatabase;

  beforeEach(async () => {
    files = temporaryFolder();
    file = path.join(files.folder, 'agent.db');
    db = await SqliteDatabase.open({ file });
  });
  afterEach(async () => {
    await db.close();
    files.remove();
  });

  const versions = (): unknown[] =>
    db.all('SELECT version FROM migration ORDER BY version').map((row) => row['version']);

  it('applies each step once', async () => {
    await migrate(db, [FIRST]);
    await migrate(db, [FIRST, SECOND]);
    await migrate(db, [FIRST, SECOND]);

    expect(versions()).toEqual([1, 2]);
  });

  it('refuses a step that reads differently from what was applied', async () => {
    await migrate(db, [FIRST]);

    await expect(migrate(db, [{ ...FIRST, sql: `${FIRST.sql};` }])).rejects.toThrow(
      'migration 1 was changed after it had been applied to this database',
    );
  });

  it('leaves nothing of steps of which one fails', async () => {
    const broken = { version: 3, sql: 'CREATE TABLE three (id INTEGER) STRICT; CREATE NOTHING' };

    await expect(migrate(db, [FIRST, SECOND, broken])).rejects.toThrow('syntax error');
    await migrate(db, [FIRST]);

    expect(versions()).toEqual([1]);
  });

  it('leaves alone what a newer release has added', async () => {
    await migrate(db, [FIRST, SECOND]);
    await migrate(db, [FIRST]);

    expect(versions()).toEqual([1, 2]);
  });

  it('lets several connections come up at once', async () => {
    const others = await Promise.all([1, 2, 3].map(() => SqliteDatabase.open({ file })));

    await Promise.all([db, ...others].map((connection) => migrate(connection)));

    expect(versions()).toEqual([1]);
    await Promise.all(others.map((connection) => connection.close()));
  });
});
