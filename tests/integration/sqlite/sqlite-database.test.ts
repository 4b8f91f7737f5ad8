import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { SqliteDatabase } from '../../../src/adapters/outbound/sqlite/sqlite-database.ts';
import { StoreUnavailableError } from '../../../src/application/ports/outbound/store-unavailable-error.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('SqliteDatabase', () => {
  let files: ReturnType<typeof temporaryFolder>;
  let file: string;
  let db: SqliteDatabase;
  let other: DatabaseSync;
  let elapsed: number;
  let duringPause: () => void;

  beforeEach(async () => {
    files = temporaryFolder();
    file = path.join(files.folder, 'below', 'agent.db');
    elapsed = 0;
    duringPause = () => undefined;
    db = await SqliteDatabase.open({
      file,
      elapsedMs: () => elapsed,
      pause: () => {
        duringPause();
        return Promise.resolve();
      },
    });
    db.script('CREATE TABLE word (word TEXT PRIMARY KEY NOT NULL) STRICT');
    other = new DatabaseSync(file, { timeout: 0 });
  });
  afterEach(async () => {
    await db.close();
    other.close();
    files.remove();
  });

  const write = (word: string | undefined): Promise<unknown> =>
    db.write(() => db.run('INSERT INTO word (word) VALUES (?)', word));
  const words = (): unknown[] =>
    other
      .prepare('SELECT word FROM word ORDER BY rowid')
      .all()
      .map((row) => row['word']);

  it('creates the folder, and a file for its own account only', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('cuts the log to nothing, and keeps what stood in it', async () => {
    await write('um');

    expect(await db.emptyLog()).toBe(true);
    expect(statSync(`${file}-wal`).size).toBe(0);
    expect(words()).toEqual(['um']);
  });

  it('gives the log up while another process reads what stands in it, and empties it afterwards', async () => {
    await write('um');
    other.exec('BEGIN');
    other.prepare('SELECT word FROM word').all();
    await write('dois');
    let pauses = 0;
    duringPause = (): void => {
      pauses += 1;
      elapsed += 1_000;
    };

    const first = await db.emptyLog();
    other.exec('COMMIT');

    expect(first).toBe(false);
    expect(pauses).toBe(3);
    expect(await db.emptyLog()).toBe(true);
    expect(statSync(`${file}-wal`).size).toBe(0);
  });

  it('refuses a file that is no database', async () => {
    const noDatabase = path.join(files.folder, 'notes.txt');
    writeFileSync(noDatabase, 'Bom dia! '.repeat(1_000));

    await expect(SqliteDatabase.open({ file: noDatabase })).rejects.toThrow(
      'file is not a database',
    );
  });

  it('has committed what it reports as written', async () => {
    await write('um');

    expect(words()).toEqual(['um']);
  });

  it('counts for how long another process has let none of its writes through', async () => {
    await write('um');
    other.exec('BEGIN IMMEDIATE');
    const counted: number[] = [];
    duringPause = (): void => {
      elapsed += 1_000;
      counted.push(db.refusedForMs);
    };

    await expect(write('dois')).rejects.toThrow(StoreUnavailableError);
    const afterwards = db.refusedForMs;
    other.exec('COMMIT');
    await write('tres');

    expect(counted).toEqual([1_000, 2_000, 3_000]);
    expect(afterwards).toBe(3_000);
    expect(db.refusedForMs).toBe(0);
  });

  it('commits the writes of one tick together', async () => {
    const events: string[] = [];
    const noted = async (name: string): Promise<void> => {
      await db.write(() => events.push(`${name} runs`));
      events.push(`${name} is done`);
    };

    await Promise.all([noted('first'), noted('second')]);

    expect(events).toEqual(['first runs', 'second runs', 'first is done', 'second is done']);
  });

  it('keeps the neighbours of a write that fails, and nothing of that write', async () => {
    const failing = db.write(() => {
      db.run('INSERT INTO word (word) VALUES (?)', 'half');
      throw new Error('no more');
    });
    const results = await Promise.allSettled([
      write('um'),
      failing,
      write(undefined),
      write('um'),
      write('dois'),
    ]);

    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    await expect(failing).rejects.toThrow('no more');
    expect(words()).toEqual(['um', 'dois']);
  });

  it('rejects all writes of a transaction that cannot be committed, and goes on', async () => {
    db.script('CREATE TABLE child (word TEXT REFERENCES word (word)) STRICT');
    const orphan = db.write(() => {
      db.script('PRAGMA defer_foreign_keys = ON');
      db.run('INSERT INTO child (word) VALUES (?)', 'missing');
    });

    const results = await Promise.allSettled([write('um'), orphan]);
    await write('dois');

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(results[0]).toMatchObject({ reason: expect.any(StoreUnavailableError) });
    expect(words()).toEqual(['dois']);
  });

  it('says that it is unavailable when the disk is full, and goes on when it is not', async () => {
    db.script('PRAGMA max_page_count = 4');
    const large = write('x'.repeat(100_000));

    await expect(large).rejects.toBeInstanceOf(StoreUnavailableError);
    await write('small');
    expect(words()).toEqual(['small']);
  });

  it('waits while another process writes', async () => {
    other.exec('BEGIN IMMEDIATE');
    duringPause = () => {
      if (other.isTransaction) other.exec('COMMIT');
    };

    await write('um');

    expect(words()).toEqual(['um']);
  });

  it('gives up a write after 3 s, and keeps nothing of it', async () => {
    other.exec('BEGIN IMMEDIATE');
    duringPause = () => {
      elapsed += 1_000;
    };

    await expect(write('um')).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(elapsed).toBe(3_000);
    other.exec('COMMIT');
    expect(words()).toEqual([]);
  });

  it('gives up sooner what may wait for less, and goes on with its neighbours', async () => {
    other.exec('BEGIN IMMEDIATE');
    duringPause = () => {
      elapsed += 100;
      if (elapsed === 1_500) other.exec('COMMIT');
    };
    let gaveUpAt = 0;
    const hurried = db.write(() => db.run(`INSERT INTO word (word) VALUES ('um')`), 900);
    const noted = hurried.catch((error: unknown) => {
      gaveUpAt = elapsed;
      return error;
    });

    await write('dois');

    expect(await noted).toBeInstanceOf(StoreUnavailableError);
    expect(gaveUpAt).toBeLessThanOrEqual(1_000);
    expect(words()).toEqual(['dois']);
  });

  it('reads what is committed while another process writes', async () => {
    await write('um');
    other.exec(`BEGIN IMMEDIATE; INSERT INTO word (word) VALUES ('dois')`);

    expect(await db.read(() => db.all('SELECT word FROM word'))).toHaveLength(1);
    other.exec('ROLLBACK');
  });

  it('waits to come up while another process holds the whole file', async () => {
    const held = path.join(files.folder, 'held.db');
    const holder = new DatabaseSync(held);
    holder.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; CREATE TABLE t (a)');
    let pauses = 0;

    const opened = await SqliteDatabase.open({
      file: held,
      pause: () => {
        pauses += 1;
        if (pauses === 2) holder.close();
        return Promise.resolve();
      },
    });

    expect(pauses).toBe(2);
    await opened.close();
  });

  it('finishes what was asked for before it closes', async () => {
    const writing = write('um');

    await db.close();

    await expect(writing).resolves.toBeDefined();
    expect(words()).toEqual(['um']);
  });

  it('takes nothing more once it is closed', async () => {
    await db.close();

    await expect(write('um')).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(db.read(() => 1)).rejects.toBeInstanceOf(StoreUnavailableError);
  });
});
