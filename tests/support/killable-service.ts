import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { aWebhookBody } from '../builders/a-webhook-body.ts';
import { eventually } from './polling.ts';
import { freePort, PROJECT, PROJECT_NODE } from './project.ts';

/** One process of the built service, as `npm start` runs it, that a test may kill or let stand still. */
export class KillableService {
  /** What it has printed so far. */
  output = '';

  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
    });
  }

  /** Serves when this returns. @param settings - The environment, but for PATH and the port. */
  static async start(
    folder: string,
    settings: Readonly<Record<string, string>>,
  ): Promise<KillableService> {
    const port = await freePort();
    const child = spawn(PROJECT_NODE, [join(PROJECT, 'dist/main.js')], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', API_PORT: String(port), ...settings },
      stdio: ['ignore', 'pipe', 'ignore'],
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

  /** The gateway reports a text that was sent from the shop's number. */
  async echo(key: Readonly<Record<string, unknown>>, text: string): Promise<number> {
    const messageTimestamp = Math.floor(Date.now() / 1_000);
    const body = aWebhookBody({ key, messageTimestamp, message: { conversation: text } });
    const init = { method: 'POST', body: JSON.stringify(body) };
    return (await fetch(`${this.url}/webhook`, init)).status;
  }

  /** Nothing of it runs from now on, and nobody is told. */
  standStill(): void {
    this.child.kill('SIGSTOP');
  }

  /** Goes on as if no time had passed. */
  goOn(): void {
    this.child.kill('SIGCONT');
  }

  /** Ends it as a power cut would; harmless when it has ended. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}
