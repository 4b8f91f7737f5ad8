import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';

import { Client } from 'pg';

import { eventually } from './polling.ts';
import { findProgram, type OutsideProgram } from './programs.ts';
import { freePort } from './project.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Debian keeps the server's programs out of PATH, a folder for each version. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';

/** The server that the tests bring up by themselves, on data of their own. */
export const POSTGRES: OutsideProgram = {
  name: 'PostgreSQL',
  path: findBinaries(),
  isRequired: true,
};

/** How long a busy machine may take to make and start a server, ms. */
export const SERVER_START_MS = 30_000;

/** The account that the server runs under: it refuses to be root. */
interface Account {
  readonly uid: number;
  readonly gid: number;
}

interface ServerPlace {
  readonly binaries: string;
  readonly files: ReturnType<typeof temporaryFolder>;
  readonly account: Account | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** A throw-away server on a port of its own; whoever starts it stops it. */
export class PostgresServer {
  readonly port: number;
  readonly #place: ServerPlace;
  #process: ChildProcess | undefined;
  #databases = 0;

  private constructor(place: ServerPlace, port: number) {
    this.#place = place;
    this.port = port;
  }

  /**
   * @param settings - As in `postgresql.conf`; everything else is as the server comes, `fsync` included.
   * @param environment - Added to this process's own.
   */
  static async start(
    binaries: string,
    settings: Readonly<Record<string, string>> = {},
    environment: Readonly<Record<string, string>> = {},
  ): Promise<PostgresServer> {
    const account = serverAccount();
    const files = temporaryFolder();
    const data = path.join(files.folder, 'data');
    mkdirSync(data, { mode: 0o700 });
    if (account !== undefined) {
      chownSync(files.folder, account.uid, account.gid);
      chownSync(data, account.uid, account.gid);
    }
    const options = '-A trust -U agent -E UTF8 --locale=C --no-sync';
    execFileSync(path.join(binaries, 'initdb'), ['-D', data, ...options.split(' ')], {
      ...account,
      cwd: files.folder,
      stdio: 'ignore',
    });
    const server = new PostgresServer({ binaries, files, account, environment }, await freePort());
    await server.up(settings);
    return server;
  }

  /** Starts the server, unless it runs, on the data that is there, and waits until it takes connections. */
  async up(
    settings: Readonly<Record<string, string>> = {},
    withinMs = SERVER_START_MS,
  ): Promise<void> {
    if (this.#isRunning()) return;
    const all = {
      listen_addresses: '127.0.0.1',
      port: String(this.port),
      unix_socket_directories: '',
      max_connections: '200',
      shared_buffers: '16MB',
      ...settings,
    };
    const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const { binaries, files, account, environment } = this.#place;
    const data = path.join(files.folder, 'data');
    this.#process = spawn(path.join(binaries, 'postgres'), ['-D', data, ...options], {
      ...account,
      env: { ...process.env, ...environment },
      cwd: files.folder,
      stdio: 'ignore',
    });
    await eventually('the server to take connections', () => this.#isUp(), withinMs);
  }

  /** Ends it as a crash would: connections are cut, the log is replayed at the next start. */
  async crash(): Promise<void> {
    await this.#end('SIGQUIT');
  }

  /** Ends it for good; its data goes, so nothing needs to be written down. */
  async stop(): Promise<void> {
    await this.crash();
    this.#place.files.remove();
  }

  /** The address of a new, empty database. */
  async emptyDatabase(): Promise<string> {
    this.#databases += 1;
    const name = `test_${this.#databases}`;
    await this.run('postgres', `CREATE DATABASE ${name}`);
    return this.url(name);
  }

  /** The address of a new, empty schema in one database, which is had much faster. */
  async emptySchema(): Promise<string> {
    this.#databases += 1;
    const name = `test_${this.#databases}`;
    await this.run('postgres', `CREATE SCHEMA ${name}`);
    return `${this.url('postgres')}?options=-c%20search_path%3D${name}`;
  }

  url(database: string): string {
    return `postgres://agent@127.0.0.1:${this.port}/${database}`;
  }

  async run(database: string, sql: string): Promise<void> {
    await rowsOf(this.url(database), sql);
  }

  #isRunning(): boolean {
    const child = this.#process;
    return child?.exitCode === null && child.signalCode === null;
  }

  async #isUp(): Promise<true> {
    await this.run('postgres', 'SELECT 1');
    return true;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child === undefined || !this.#isRunning()) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

/** What a query on a database answers, on a connection of its own. */
export async function rowsOf(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function findBinaries(): string | undefined {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER) : [];
  const folders = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(DEBIAN_FOLDER, version, 'bin'))
    .filter((folder) => existsSync(path.join(folder, 'initdb')));
  const inPath = findProgram('initdb');
  return folders[0] ?? (inPath === undefined ? undefined : path.dirname(inPath));
}

function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (which: '-u' | '-g'): number =>
    Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
