import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from './polling.ts';
import { freePort, PROJECT, PROJECT_NODE } from './project.ts';

/** One process of the built service, as `npm start` runs it, that a test may kill. */
export class KillableService {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  /** Serves when this returns. @param settings - The environment, but for PATH and the port. */
  static async start(
    folder: string,
    settings: Readonly<Record<string, string>>,
  ): Promise<KillableService> {
    const port = await freePort();
    const child = spawn(PROJECT_NODE, [join(PROJECT, 'dist/main.js')], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', API_PORT: String(port), ...settings },
      stdio: 'ignore',
    });
    const service = new KillableService(`http://127.0.0.1:${port}`, child);
    await eventually('the service', () => fetch(`${service.url}/health/ready`), 20_000);
    return service;
  }

  async receive(phone: string, text: string): Promise<number> {
    const response = await fetch(`${this.url}/webhook`, {
      method: 'POST',
      body: JSON.stringify({ phone, message: text }),
    });
    return response.status;
  }

  /** Ends it as a power cut would; harmless when it has ended. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}
