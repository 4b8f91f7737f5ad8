import { execFile } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { PostgresBackup } from '../../../src/adapters/outbound/postgres/postgres-backup.ts';
import { BackupRefusedError } from '../../../src/application/ports/outbound/store-backup.ts';
import { type Store } from '../../../src/application/ports/outbound/store.ts';
import { describeWith } from '../../support/describe-with.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../../support/postgres-server.ts';
import { openTestStore } from '../../support/postgres-store-under-test.ts';
import { receive } from '../../support/store-under-test.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const run = promisify(execFile);

describe('PostgresBackup', () => {
  it('names the command, without the password', async () => {
    const backup = new PostgresBackup(
      'postgres://agent:gehe%40im@db.example.com:5433/loja?sslmode=verify-full&password=geheim',
    );

    const outcome = await backup.make("/srv/o'neil.dump");

    expect(backup.usual).toEqual({ folder: '.', stem: 'loja', extension: '.dump' });
    expect(outcome).toEqual({
      kind: 'command',
      command:
        String.raw`umask 077 && pg_dump --format=custom --file='/srv/o'\''neil.dump'` +
        " --dbname='postgres://agent@db.example.com:5433/loja?sslmode=verify-full'",
      hints: [expect.stringContaining('PGPASSWORD'), expect.stringContaining('sslrootcert')],
    });
  });

  it('hints at nothing where nothing is needed', async () => {
    const outcome = await new PostgresBackup('postgres://agent@localhost/loja').make('loja.dump');

    expect(outcome).toMatchObject({ kind: 'command', hints: [] });
  });
});

describeWith(POSTGRES, 'a backup of a PostgreSQL database', (binaries) => {
  let server: PostgresServer;
  let files: ReturnType<typeof temporaryFolder>;
  let store: Store | undefined;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());
  beforeEach(() => {
    files = temporaryFolder();
  });
  afterEach(async () => {
    await store?.close();
    files.remove();
  });

  const shell = (command: string): Promise<unknown> =>
    run('sh', ['-c', command], { env: { PATH: `${binaries}:${process.env['PATH'] ?? ''}` } });

  it('is made by the command while the service runs, and can be gone on from', async () => {
    const url = await server.emptyDatabase();
    const dump = path.join(files.folder, 'agent.dump');
    const running = await openTestStore({ url });
    store = running;
    await receive(running, { id: 'A' });

    const outcome = await new PostgresBackup(url).make(dump);
    await shell(outcome.kind === 'command' ? outcome.command : 'false');
    await receive(running, { id: 'B', text: 'later' });
    await running.close();
    const restored = await server.emptyDatabase();
    await shell(`pg_restore --clean --if-exists --dbname='${restored}' '${dump}'`);
    store = await openTestStore({ url: restored });

    expect(statSync(dump).mode & 0o777).toBe(0o600);
    expect(await receive(store, { id: 'A' })).toMatchObject({ reason: 'duplicate' });
    expect(await receive(store, { id: 'B', text: 'later' })).toMatchObject({ status: 'accepted' });
    expect(await store.inbox.depth()).toBe(2);
  }, 30_000);

  it('never overwrites a file', async () => {
    const dump = path.join(files.folder, 'agent.dump');
    writeFileSync(dump, 'mine');

    await expect(new PostgresBackup('postgres://a@h/d').make(dump)).rejects.toThrow(
      BackupRefusedError,
    );
  });
});
