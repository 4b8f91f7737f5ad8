import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from './polling.ts';
import { PROJECT, PROJECT_NODE } from './project.ts';

/** One process of the cluster, as pm2 lists it. */
export interface ClusterProcess {
  readonly pid: number;
  readonly status: string;
  readonly nodeVersion: string;
  readonly restarts: number;
}

interface Listed {
  readonly pid: number;
  readonly pm2_env: {
    readonly status: string;
    readonly node_version: string;
    readonly restart_time: number;
  };
}

/** The real pm2 with the ecosystem file of `deploy/`, as the systemd unit runs it, in a home of its own. */
export class Pm2Cluster {
  private text = '';
  private readonly ended: Promise<unknown>;

  private constructor(
    private readonly home: string,
    private readonly pm2: ChildProcess,
  ) {
    this.ended = once(pm2, 'exit');
    for (const stream of [pm2.stdout, pm2.stderr]) {
      stream?.on('data', (piece: Buffer) => (this.text += piece.toString()));
    }
  }

  /**
   * @param settings - The environment, but for PATH, HOME and pm2's own variables.
   * @param ecosystem - The file that describes the cluster, in the project.
   */
  static async start(
    settings: Readonly<Record<string, string>>,
    ecosystem = 'deploy/ecosystem.config.cjs',
  ): Promise<Pm2Cluster> {
    const home = await mkdtemp(join(tmpdir(), 'pm2-'));
    const pm2 = spawn(PROJECT_NODE, [binary('pm2-runtime'), 'start', ecosystem], {
      cwd: PROJECT,
      env: { ...settings, ...environment(home) },
      // A process group of its own: whatever happens, nothing of it is left behind.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Pm2Cluster(home, pm2);
  }

  /** Everything that pm2 and its processes have written so far. */
  get output(): string {
    return this.text;
  }

  /** Waits until so many processes have said that they are ready. */
  async online(count: number, withinMs = 20_000): Promise<readonly ClusterProcess[]> {
    // pm2's own list is asked only then: before, it would begin a second pm2 to answer.
    await eventually(
      `${count} processes to be online`,
      () => (this.count(/App \[whatsapp-agent:\d+\] online/gu) >= count ? true : undefined),
      withinMs,
    ).catch((error: unknown) => {
      throw new Error(`pm2 wrote:\n${this.text}`, { cause: error });
    });
    return this.list();
  }

  /** How often the pattern (with the flag `g`) stands in the output. */
  count(pattern: RegExp): number {
    return this.text.match(pattern)?.length ?? 0;
  }

  /** Asks pm2 to stop, as systemd does. @returns How long it took, ms. */
  async stop(): Promise<number> {
    const begin = performance.now();
    this.pm2.kill('SIGTERM');
    await this.ended;
    return performance.now() - begin;
  }

  async close(): Promise<void> {
    if (this.pm2.pid !== undefined) killGroup(this.pm2.pid);
    await this.ended;
    await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Replaces each process by a new one, as an operator does after a change. */
  async reload(): Promise<void> {
    await this.ask('reload', 'whatsapp-agent');
  }

  /** As pm2 lists them; to be asked once it is up. */
  async list(): Promise<readonly ClusterProcess[]> {
    const text = await this.ask('jlist', '--silent');
    const listed = JSON.parse(text.slice(text.indexOf('['))) as Listed[];
    return listed.map(({ pid, pm2_env }) => ({
      pid,
      status: pm2_env.status,
      nodeVersion: pm2_env.node_version,
      restarts: pm2_env.restart_time,
    }));
  }

  private async ask(...command: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(PROJECT_NODE, [binary('pm2'), ...command], {
      cwd: PROJECT,
      env: environment(this.home),
    });
    return stdout;
  }
}

function binary(name: string): string {
  return join(PROJECT, 'node_modules/pm2/bin', name);
}

function environment(home: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    PM2_HOME: home,
    PM2_DISABLE_VERSION_CHECK: '1',
    // As in the systemd unit.
    NODE_CLUSTER_SCHED_POLICY: 'none',
    // Marks the home as not new: no banner, no message to the makers of pm2.
    PM2_DISCRETE_MODE: '1',
  };
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nothing of it is left, which is what was asked for.
  }
}
