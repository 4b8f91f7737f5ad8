import { describe, expect, it } from '@jest/globals';
import { BackupCommand } from '../../../../../src/adapters/inbound/cli/backup-command.ts';
import {
  type BackupOutcome,
  BackupRefusedError,
} from '../../../../../src/application/ports/outbound/store-backup.ts';

const NOW = Date.UTC(2026, 10, 25, 3, 4, 5);

function aCommand(make: () => Promise<BackupOutcome> = written) {
  const files: string[] = [];
  const out: string[] = [];
  const err: string[] = [];
  const backup = {
    usual: { folder: '/srv/var', stem: 'agent', extension: '.db' },
    make: (file: string) => {
      files.push(file);
      return make();
    },
  };
  const lines = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const command = new BackupCommand(backup, { now: () => NOW }, lines);
  return { command, files, out, err };
}

function written(): Promise<BackupOutcome> {
  return Promise.resolve({ kind: 'written', bytes: 8_192 });
}

describe('BackupCommand', () => {
  it('puts the backup beside the database where nothing else is said', async () => {
    const { command, files, out } = aCommand();

    expect(await command.run([])).toBe(0);
    expect(files).toEqual(['/srv/var/agent-2026-11-25T03-04-05Z.db']);
    expect(out).toEqual(['/srv/var/agent-2026-11-25T03-04-05Z.db (8192 bytes, checked)']);
  });

  it('takes a file as it is, and gives it a name in a folder', async () => {
    const { command, files } = aCommand();

    await command.run(['/srv/none/mine.db']);
    await command.run(['/']);

    expect(files).toEqual(['/srv/none/mine.db', '/agent-2026-11-25T03-04-05Z.db']);
  });

  it('shows a command alone on its output, and does not call that a backup', async () => {
    const { command, out, err } = aCommand(() =>
      Promise.resolve({ kind: 'command', command: 'pg_dump agent', hints: ['a hint'] }),
    );

    expect(await command.run([])).toBe(2);
    expect(out).toEqual(['pg_dump agent']);
    expect(err).toEqual([
      'No backup was made: PostgreSQL has a tool of its own. Run this:',
      'a hint',
    ]);
  });

  it('says why there is none', async () => {
    const { command, out, err } = aCommand(() => Promise.reject(new BackupRefusedError('full')));

    expect(await command.run([])).toBe(1);
    expect(out).toEqual([]);
    expect(err).toEqual(['No backup was made: full']);
  });

  it.each([[['--help']], [['a.db', 'b.db']]])('explains itself to %j', async (words) => {
    const { command, files, err } = aCommand();

    expect(await command.run(words)).toBe(1);
    expect(files).toEqual([]);
    expect(err).toEqual(['usage: npm run backup [-- <file or folder>]']);
  });
});
