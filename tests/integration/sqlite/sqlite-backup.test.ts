import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { SqliteBackup } from '../../../src/adapters/outbound/sqlite/sqlite-backup.ts';
import { BackupRefusedError } from '../../../src/application/ports/outbound/store-backup.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Far more than happen while a copy is made that is not begun anew by each. */
const MOST_WRITES = 20_000;

describe('SqliteBackup', () => {
  let files: ReturnType<typeof temporaryFolder>;
  let source: string;
  let target: string;
  let db: DatabaseSync;

  beforeEach(() => {
    files = temporaryFolder();
    source = path.join(files.folder, 'agent.db');
    target = path.join(files.folder, 'copy.db');
    db = new DatabaseSync(source);
    db.exec('PRAGMA journal_mode = WAL; CREATE TABLE word (word TEXT UNIQUE) STRICT');
    const insert = db.prepare('INSERT INTO word (word) VALUES (?)');
    db.exec('BEGIN');
    for (let index = 0; index < 2_000; index += 1) insert.run(`palavra número ${index}`);
    db.exec('COMMIT');
  });
  afterEach(() => {
    db.close();
    files.remove();
  });

  const copies = (): string[] =>
    readdirSync(files.folder).filter((file) => file.startsWith('copy'));
  const words = (file: string): unknown => {
    const copy = new DatabaseSync(file);
    const row = copy.prepare('SELECT count(*) AS words FROM word').get();
    copy.close();
    return row?.['words'];
  };

  it('copies what is committed, while a writer has begun something', async () => {
    db.exec(`BEGIN IMMEDIATE; INSERT INTO word (word) VALUES ('not yet')`);

    const outcome = await new SqliteBackup(source).make(target);

    expect(outcome).toEqual({ kind: 'written', bytes: statSync(target).size });
    expect(words(target)).toBe(2_000);
    db.exec('ROLLBACK');
  });

  it('ends although somebody writes all the time, and holds one state', async () => {
    db.exec('PRAGMA synchronous = OFF; CREATE TABLE large (body BLOB)');
    db.exec('INSERT INTO large (body) VALUES (zeroblob(8000000))');
    const insert = db.prepare('INSERT INTO word (word) VALUES (?)');
    const progress = { isOver: false, written: 0 };
    const making = new SqliteBackup(source).make(target).finally(() => {
      progress.isOver = true;
    });

    while (!progress.isOver && progress.written < MOST_WRITES) {
      progress.written += 1;
      insert.run(`mais ${progress.written}`);
      await nextTick();
    }

    expect(progress.written).toBeLessThan(MOST_WRITES);
    expect(await making).toMatchObject({ kind: 'written' });
  });

  it('leaves one file, for its own account only', async () => {
    await new SqliteBackup(source).make(target);

    expect(copies()).toEqual(['copy.db']);
    expect(statSync(target).mode & 0o777).toBe(0o600);
  });

  it('never overwrites a file', async () => {
    writeFileSync(target, 'mine');

    await expect(new SqliteBackup(source).make(target)).rejects.toThrow(BackupRefusedError);

    expect(readFileSync(target, 'utf8')).toBe('mine');
    expect(copies()).toEqual(['copy.db']);
  });

  it('lets one of two that ask for the same file have it', async () => {
    const backup = new SqliteBackup(source);

    const asked = await Promise.allSettled([backup.make(target), backup.make(target)]);

    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(copies()).toEqual(['copy.db']);
  });

  it('refuses a database that is damaged, and leaves no copy of it', async () => {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const handle = openSync(source, 'r+');
    writeSync(handle, Buffer.alloc(4_096, 0xaa), 0, 4_096, 4_096 * 4);
    closeSync(handle);

    await expect(new SqliteBackup(source).make(target)).rejects.toThrow('the database is damaged');

    expect(copies()).toEqual([]);
  });

  it('makes no database where there is none', async () => {
    const none = path.join(files.folder, 'none.db');

    await expect(new SqliteBackup(none).make(target)).rejects.toThrow('there is no database at');

    expect(readdirSync(files.folder)).not.toContain('none.db');
    expect(copies()).toEqual([]);
  });

  it('belongs beside the database', () => {
    expect(new SqliteBackup(source).usual).toEqual({
      folder: files.folder,
      stem: 'agent',
      extension: '.db',
    });
  });
});

function nextTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
