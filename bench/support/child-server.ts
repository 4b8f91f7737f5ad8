import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './paths.ts';

/** How often a starting server is asked whether it is ready, ms. */
const POLL_MS = 5;
const START_DEADLINE_MS = 30_000;
const STOP_DEADLINE_MS = 20_000;

export interface ChildServerOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  /** Takes all that it prints. */
  readonly logFile: string;
}

const running = new Set<ChildServer>();
process.once('exit', () => {
  for (const server of running) server.kill();
});

/** A server in a process group of its own, which ends with this process at the latest. */
export class ChildServer {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #logFile: string;

  private constructor(child: ChildProcess, options: ChildServerOptions) {
    this.#child = child;
    this.#logFile = options.logFile;
    this.url = `http://127.0.0.1:${options.port}`;
  }

  /** Starts it, and returns when `/health/ready` answers 200. */
  static async start(options: ChildServerOptions): Promise<{ server: ChildServer; ms: number }> {
    const startedAt = performance.now();
    const log = openSync(options.logFile, 'a');
    const child = spawn(options.command, options.args, {
      cwd: ROOT,
      env: options.env,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const server = new ChildServer(child, options);
    running.add(server);
    child.once('exit', () => running.delete(server));
    await server.#ready(startedAt + START_DEADLINE_MS);
    return { server, ms: performance.now() - startedAt };
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error('the process did not start');
    return pid;
  }

  /** All that it has printed so far. */
  get log(): string {
    return readFileSync(this.#logFile, 'utf8');
  }

  /** Asks it to stop, and returns when it has; it is killed when it takes too long. */
  async stop(): Promise<void> {
    if (!running.has(this)) return;
    const exited = once(this.#child, 'exit');
    process.kill(-this.pid, 'SIGTERM');
    const lateKill = setTimeout(() => {
      this.kill();
    }, STOP_DEADLINE_MS);
    await exited;
    clearTimeout(lateKill);
  }

  /** Ends the whole group at once. */
  kill(): void {
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  async #ready(deadline: number): Promise<void> {
    while ((await statusOf(`${this.url}/health/ready`)) !== 200) {
      if (!running.has(this) || performance.now() > deadline) {
        this.kill();
        throw new Error(`it did not become ready; its last words:\n${this.log.slice(-2_000)}`);
      }
      await sleep(POLL_MS);
    }
  }
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', () => {
      resolve(undefined);
    });
  });
}
