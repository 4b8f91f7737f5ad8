import { execFile } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';

import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { contactMessageKey } from '../../src/adapters/outbound/sql/message-key.ts';
import { loadConfig } from '../../src/infrastructure/config.ts';
import { Service } from '../../src/infrastructure/service.ts';
import { aWebhookBody } from '../builders/a-webhook-body.ts';
import { eventually } from '../support/polling.ts';
import { ensureBuilt, PROJECT } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LANES = 2;

/** So many bodies of 10 kB that the copy takes a while. */
const OLD_BODIES = 2_000;

describe('npm run backup', () => {
  let files: ReturnType<typeof temporaryFolder>;
  let service: Service | undefined;

  beforeAll(ensureBuilt, 90_000);
  beforeEach(() => {
    files = temporaryFolder();
    writeFileSync(path.join(files.folder, 'cursos.txt'), 'O curso custa R$ 100.');
  });
  afterEach(async () => {
    await service?.stop();
    files.remove();
  });

  async function start(file: string): Promise<Service> {
    const config = loadConfig({
      API_HOST: '127.0.0.1',
      API_PORT: '0',
      DATABASE_URL: `file:${file}`,
      RAG_DIR: files.folder,
      REPLY_QUIET: '0',
      LOG_LEVEL: 'error',
      DISK_BALLAST: '0',
    });
    service = await Service.start(config, () => undefined);
    return service;
  }

  async function post({ port }: Service, id: number): Promise<unknown> {
    const digits = String(id % 1_000).padStart(4, '0');
    const response = await fetch(`http://127.0.0.1:${port}/webhook`, {
      method: 'POST',
      body: JSON.stringify(
        aWebhookBody({
          key: { remoteJid: `55838888${digits}@s.whatsapp.net`, fromMe: false, id: `M${id}` },
          messageTimestamp: Math.floor(Date.now() / 1_000),
          message: { conversation: `Qual o preço do curso ${id}?` },
        }),
      ),
    });
    return response.json();
  }

  it('copies a service under load, which starts from the copy and goes on', async () => {
    const file = path.join(files.folder, 'agent.db');
    const copied = path.join(files.folder, 'copy.db');
    const running = await start(file);
    fill(file);
    const acknowledged: number[] = [];
    const flow = { isOn: true, next: 0 };
    const lanes = Array.from({ length: LANES }, async () => {
      while (flow.isOn) {
        flow.next += 1;
        const id = flow.next;
        const answer = await post(running, id);
        expect(answer).toEqual({ status: 'processing' });
        acknowledged.push(id);
      }
    });
    await eventually('messages', () => acknowledged.length > 20 || undefined);

    const before = [...acknowledged];
    const { stdout } = await npmRunBackup(`file:${file}`, copied);
    flow.isOn = false;
    await Promise.all(lanes);
    await running.stop();
    const restored = path.join(files.folder, 'restored.db');
    copyFileSync(copied, restored);
    const again = await start(restored);
    const kept = keysIn(restored);
    const repeated = await post(again, before.at(-1) ?? 0);
    const fresh = await post(again, flow.next + 1);
    await eventually('everything to be answered', () => nothingWaits(again), 30_000);

    expect(stdout).toMatch(/copy\.db \(\d+ bytes, checked\)\n$/u);
    expect(acknowledged.length).toBeGreaterThan(before.length);
    expect(before.filter((id) => !kept.has(contactMessageKey('sandbox', `M${id}`)))).toEqual([]);
    expect(repeated).toEqual({ status: 'ignored', reason: 'duplicate' });
    expect(fresh).toEqual({ status: 'processing' });
  }, 60_000);

  it('names the command on PostgreSQL, shows no password, and claims no backup', async () => {
    const asked = npmRunBackup('postgres://agent:geheim@db.example.com/loja', 'loja.dump');

    await expect(asked).rejects.toMatchObject({
      code: 2,
      stdout: `umask 077 && pg_dump --format=custom --file='loja.dump' --dbname='postgres://agent@db.example.com/loja'\n`,
      stderr: expect.not.stringContaining('geheim') as unknown,
    });
  });

  it.each([
    ['a database that is not there', 'file:/nowhere/agent.db', 'there is no database at'],
    ['an address that is none', 'agent:geheim', 'DATABASE_URL: must be file:'],
  ])('says what is wrong with %s', async (_what, url, reason) => {
    await expect(npmRunBackup(url)).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(reason) as unknown,
    });
  });
});

function npmRunBackup(url: string, ...target: string[]): Promise<{ readonly stdout: string }> {
  return promisify(execFile)('npm', ['run', '-s', 'backup', '--', ...target], {
    cwd: PROJECT,
    env: { ...process.env, DATABASE_URL: url },
  });
}

/** A reply that was being sent when the copy was made waits for its echo, for up to 48 s. */
async function nothingWaits({ port }: Service): Promise<true | undefined> {
  const response = await fetch(`http://127.0.0.1:${port}/health`);
  const health = (await response.json()) as { inbox_depth: number };
  return health.inbox_depth === 0 || undefined;
}

function fill(file: string): void {
  const db = new DatabaseSync(file, { timeout: 5_000 });
  const insert = db.prepare('INSERT INTO raw_body (body, received_at) VALUES (?, 0)');
  db.exec('BEGIN IMMEDIATE');
  for (let index = 0; index < OLD_BODIES; index += 1) insert.run(Buffer.alloc(10_000, 'x'));
  db.exec('COMMIT');
  db.close();
}

function keysIn(file: string): ReadonlySet<unknown> {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  const rows = db.prepare('SELECT message_key FROM inbox').all();
  db.close();
  return new Set(rows.map((row) => row['message_key']));
}
