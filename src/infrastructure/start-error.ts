import { StoreUnavailableError } from '../application/ports/outbound/store-unavailable-error.ts';
import { InvalidConfigError } from './config.ts';

const NO_SUCH_ADDRESS =
  'API_HOST names no address of this machine: 127.0.0.1 is for this machine alone, 0.0.0.0 is every address that it has.';
const NO_FILE = 'DATABASE_URL must name a file, in a folder that is there or can be made.';

/** What the person who starts it can do, by the system's error code. */
const CURES: ReadonlyMap<unknown, string> = new Map([
  ['EADDRINUSE', 'Another program serves on that port: stop it, or set API_PORT to another one.'],
  ['EADDRNOTAVAIL', NO_SUCH_ADDRESS],
  ['ENOTFOUND', NO_SUCH_ADDRESS],
  [
    'EACCES',
    'The account that runs this may not use that: give it the right, or change DATABASE_URL.',
  ],
  ['EROFS', 'That place cannot be written to: change DATABASE_URL.'],
  ['EISDIR', NO_FILE],
  ['EEXIST', NO_FILE],
  ['ENOTDIR', NO_FILE],
]);

/** SQLite's result for a file that is something else. */
const NOT_A_DATABASE = 26;

/** What a failed start says: plain lines with the cure where there is one, the place in the code where not. */
export function startError(error: unknown): string {
  if (error instanceof InvalidConfigError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const cure = cureOf(error);
  return cure === undefined ? (error.stack ?? error.message) : `${error.message}\n${cure}`;
}

function cureOf(error: Error): string | undefined {
  if (error instanceof StoreUnavailableError) {
    return 'See that the database of DATABASE_URL is there, runs, and lets this account in.';
  }
  const { code, syscall, errcode } = error as { code?: unknown; syscall?: unknown } & {
    errcode?: unknown;
  };
  if (errcode === NOT_A_DATABASE) {
    return 'The file of DATABASE_URL is something else than a database of this service: name another one.';
  }
  if (code === 'EACCES' && syscall === 'listen') {
    return 'The account that runs this may not serve on that port: set API_PORT to one from 1024 on.';
  }
  return CURES.get(code);
}
