import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/polling.ts';
import { ensureBuilt, PROJECT, PROJECT_NODE } from '../support/project.ts';

const MAIN = join(PROJECT, 'dist/main.js');
const PATH = process.env['PATH'] ?? '';

/** The simulated webhook of the v2.1 guide: no id, digits in the jid. */
const GUIDE_WEBHOOK = {
  messageType: 'notification',
  key: { fromMe: false, remoteJid: '5583988887777@s.whatsapp.net' },
  pushName: 'Teste',
  message: { conversation: 'Qual o preço do curso?' },
};

/** How long a busy machine may take to start the service, or to see it answer, ms. */
const LONGEST_MS = 30_000;

beforeAll(ensureBuilt, 90_000);

describe('what npm start starts, without any setting', () => {
  const folder = mkdtempSync(join(tmpdir(), 'first-run-'));
  let output = '';
  let running: ChildProcess;
  let address: string;

  beforeAll(async () => {
    running = spawn(PROJECT_NODE, [MAIN], {
      cwd: folder,
      // The folder with the texts is in the project, and port 8000 may be taken here.
      env: { PATH, HOME: folder, RAG_DIR: join(PROJECT, 'data'), API_PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [running.stdout, running.stderr]) {
      stream?.on('data', (piece: Buffer) => (output += piece.toString()));
    }
    address = await eventually(
      'the service to say where it listens',
      () => /listens on (http:\/\/127\.0\.0\.1:\d+)/u.exec(output)?.[1],
    );
  }, LONGEST_MS);

  afterAll(() => {
    running.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  it('says what stands in and what to do next', () => {
    expect(output).toContain('answers    STAND-IN');
    expect(output).toContain('WhatsApp   STAND-IN');
    expect(output).toContain('Next: ');
  });

  it(
    'answers the guide’s webhook with a price, printed and listed by the sandbox',
    async () => {
      const response = await fetch(`${address}/webhook`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(GUIDE_WEBHOOK),
      });

      const listed = await eventually('a reply in the sandbox', async () => {
        const answer = await fetch(`${address}/sandbox/messages`);
        const { messages } = (await answer.json()) as { messages: { to: string; text: string }[] };
        return messages[0];
      });

      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ status: 'processing' });
      expect(listed.to).toContain('5583988887777');
      expect(listed.text).toMatch(/R\$\s?\d/u);
      expect(output).toMatch(/R\$\s?\d/u);
    },
    LONGEST_MS,
  );

  it('ends on Ctrl+C, with nothing left to do', async () => {
    running.kill('SIGINT');
    const [code] = (await once(running, 'exit')) as [number | null];

    expect(code).toBe(0);
  });
});

describe('dist/main.js', () => {
  it('says plainly that a Node is too old, and how to start', () => {
    const pretend =
      'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } });';

    const { status, stderr } = spawnSync(
      PROJECT_NODE,
      ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, MAIN],
      { encoding: 'utf8', env: { PATH } },
    );

    expect(status).toBe(1);
    expect(stderr).toContain('This is Node 20.19.0; the service needs Node 24');
    expect(stderr).toContain('Start it with "npm start"');
  });
});
