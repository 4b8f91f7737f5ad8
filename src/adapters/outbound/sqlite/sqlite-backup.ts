import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync, backup } from 'node:sqlite';

import {
  type BackupOutcome,
  BackupRefusedError,
  type StoreBackup,
} from '../../../application/ports/outbound/store-backup.ts';

/**
 * More pages than a database has, so that all are copied in one step, which sees one state. With
 * several steps each write of another process begins the copy anew: under load it never ends.
 */
const ALL_PAGES = 2_147_483_647;

/** How long the copy waits for a moment in which the whole file is held, ms. */
const BUSY_MS = 10_000;

/** What volumes without hard links say, as on many USB sticks. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** SQLite's online backup of the file. */
export class SqliteBackup implements StoreBackup {
  readonly usual: StoreBackup['usual'];
  readonly #source: string;

  /** @param source - The database's file. */
  constructor(source: string) {
    this.#source = source;
    const { dir, name, ext } = path.parse(path.resolve(source));
    this.usual = { folder: dir, stem: name, extension: ext };
  }

  async make(file: string): Promise<BackupOutcome> {
    if (!existsSync(this.#source)) {
      throw new BackupRefusedError(`there is no database at ${this.#source}`);
    }
    if (existsSync(file)) throw existsAlready(file);
    // Under another name until it is whole: half a backup must not look like one.
    const partial = `${file}.partial-${process.pid}`;
    closeSync(openSync(partial, 'wx', 0o600));
    try {
      await this.#copyTo(partial);
      expectSound(partial);
      sync(partial);
      name(partial, file);
      sync(path.dirname(file));
      return { kind: 'written', bytes: statSync(file).size };
    } finally {
      for (const end of ['', '-journal']) rmSync(partial + end, { force: true });
    }
  }

  async #copyTo(partial: string): Promise<void> {
    const source = new DatabaseSync(this.#source, { readOnly: true, timeout: BUSY_MS });
    try {
      await backup(source, partial, { rate: ALL_PAGES });
    } finally {
      source.close();
    }
  }
}

/** A damaged database is copied as it is; only a look at every page tells. */
function expectSound(file: string): void {
  const copy = new DatabaseSync(file);
  try {
    const found = copy.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
    if (found !== 'ok') throw new BackupRefusedError(`the database is damaged: ${String(found)}`);
  } finally {
    copy.close();
  }
}

function sync(place: string): void {
  const handle = openSync(place, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** Gives the file its name, which a link, unlike a renaming, never takes from another file. */
function name(partial: string, file: string): void {
  try {
    linkSync(partial, file);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || existsSync(file)) throw existsAlready(file);
    if (!NO_LINKS.has(code)) throw error;
    renameSync(partial, file);
  }
}

function existsAlready(file: string): BackupRefusedError {
  return new BackupRefusedError(`${file} exists already, and is left as it is`);
}
