import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/polling.ts';
import { ensureBuilt, freePort, PROJECT, PROJECT_NODE } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PATH = process.env['PATH'] ?? '';

/** A device that takes no byte, as a full disk does; Linux has it. */
const FULL = '/dev/full';
const WITHOUT_DISK = existsSync(FULL) ? [['goes to a full disk', `>${FULL} 2>&1`] as const] : [];

beforeAll(ensureBuilt, 90_000);

describe('dist/main.js when what it says', () => {
  const cleanups: (() => void)[] = [];

  afterEach(() => {
    for (const cleanUp of cleanups.splice(0).reverse()) cleanUp();
  });

  function started(redirection: string, port: number): ChildProcess {
    const { folder, remove } = temporaryFolder();
    const command = `exec "${PROJECT_NODE}" "${join(PROJECT, 'dist/main.js')}" ${redirection}`;
    const child = spawn('sh', ['-c', command], {
      cwd: folder,
      env: { PATH, RAG_DIR: join(PROJECT, 'data'), API_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    cleanups.push(remove, () => child.kill('SIGKILL'));
    return child;
  }

  it.each([...WITHOUT_DISK, ['is read by nobody any more', ''] as const])(
    '%s goes on serving',
    async (_what, redirection) => {
      const port = await freePort();
      const child = started(redirection, port);
      child.stdout?.destroy();
      child.stderr?.destroy();
      const health = (): Promise<Response> => fetch(`http://127.0.0.1:${port}/health`);
      await eventually('the service', health);

      // Each leaves a line in the log, and the sandbox prints the reply.
      for (const text of ['Oi', 'Qual o preço do curso?']) {
        await fetch(`http://127.0.0.1:${port}/webhook`, {
          method: 'POST',
          body: JSON.stringify({ phone: '5583988887777', message: text }),
        });
      }
      await eventually('the reply', async () => {
        const response = await fetch(`http://127.0.0.1:${port}/sandbox/messages`);
        return (await response.text()).includes('R$') ? true : undefined;
      });

      expect((await health()).status).toBe(200);
      expect(child.exitCode).toBeNull();
    },
    30_000,
  );
});

describe('deploy/ecosystem.config.cjs', () => {
  it('keeps pm2 itself going when nobody takes what it says', () => {
    const script =
      'require("./deploy/ecosystem.config.cjs");' +
      'for (const stream of [process.stdout, process.stderr]) stream.emit("error", new Error("EPIPE"));' +
      'process.exitCode = 7;';

    const { status } = spawnSync(PROJECT_NODE, ['-e', script], { cwd: PROJECT, env: { PATH } });

    expect(status).toBe(7);
  });
});
