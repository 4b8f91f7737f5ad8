import { chmodSync, existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { type OutsideProgram } from './programs.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Debian keeps the library in a folder for each kind of machine. */
const LIBRARIES = '/usr/lib';

/** Sets the time of day of other programs, and leaves their monotonic clock alone. */
export const LIBFAKETIME: OutsideProgram = {
  name: 'libfaketime',
  path: findLibrary(),
  isRequired: true,
};

/** The time of day of the programs that are started with its environment, and of those only. */
export class FakeWallClock {
  /** What a program must be started with. */
  readonly environment: Readonly<Record<string, string>>;
  private readonly files = temporaryFolder();

  constructor(library: string) {
    this.environment = {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
    // The database server runs under another account.
    chmodSync(this.files.folder, 0o755);
    this.set(0);
  }

  /** From now on the programs are so many seconds ahead of the real time, or behind it. */
  set(seconds: number): void {
    // Whoever looks meanwhile finds the old time or the new one, and nothing half-written.
    writeFileSync(`${this.file}-draft`, `${seconds < 0 ? '' : '+'}${seconds}\n`);
    renameSync(`${this.file}-draft`, this.file);
  }

  remove(): void {
    this.files.remove();
  }

  private get file(): string {
    return path.join(this.files.folder, 'ahead');
  }
}

function findLibrary(): string | undefined {
  const folders = existsSync(LIBRARIES) ? readdirSync(LIBRARIES) : [];
  return folders
    .map((folder) => path.join(LIBRARIES, folder, 'faketime', 'libfaketime.so.1'))
    .find((file) => existsSync(file));
}
