import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program from outside npm that some tests need. */
export interface OutsideProgram {
  readonly name: string;
  /** Where it is; `undefined` where this machine has none. */
  readonly path: string | undefined;
  /** Its absence is a failure under CI=true, which is to have installed it. */
  readonly isRequired: boolean;
}

/** Where a program is on this machine, if it is; `sbin` is looked into whatever PATH says. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
