import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { loadConfig } from '../../../src/infrastructure/config.ts';
import { Service } from '../../../src/infrastructure/service.ts';
import { aWebhookBody } from '../../builders/a-webhook-body.ts';
import { describeWith } from '../../support/describe-with.ts';
import { eventually } from '../../support/polling.ts';
import { MOUNTING, SmallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const PHONE = '5583988887777';
const REFUSED_WITHIN_MS = 100;

let files: ReturnType<typeof temporaryFolder>;
let service: Service | undefined;

beforeEach(() => {
  files = temporaryFolder();
});
afterEach(async () => {
  await service?.stop();
  service = undefined;
  files.remove();
});

async function start(settings: Readonly<Record<string, string>>): Promise<void> {
  const config = loadConfig({
    API_HOST: '127.0.0.1',
    API_PORT: '0',
    DATABASE_URL: `file:${files.folder}/agent.db`,
    RAG_DIR: files.folder,
    LOG_LEVEL: 'error',
    DISK_BALLAST: '0',
    // Nothing is to be answered meanwhile.
    REPLY_QUIET: '120',
    REPLY_MAX_WAIT: '600',
    ...settings,
  });
  service = await Service.start(config, () => undefined);
}

function post(key: Readonly<Record<string, unknown>> = {}): Promise<Response> {
  const body = aWebhookBody({
    key: { remoteJid: `${PHONE}@s.whatsapp.net`, fromMe: false, id: randomUUID(), ...key },
    messageTimestamp: Math.floor(Date.now() / 1_000),
    message: { conversation: randomUUID() },
  });
  const url = `http://127.0.0.1:${service?.port ?? 0}/webhook`;
  return fetch(url, { method: 'POST', body: JSON.stringify(body) });
}

const answered = (status: number): Promise<Response> =>
  eventually(`a webhook to be answered ${status}`, async () => {
    const response = await post();
    return response.status === status ? response : undefined;
  });

/** The quickest of some: a busy machine makes any one of them late. */
async function quickestMs(): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const from = performance.now();
    await post();
    times.push(performance.now() - from);
  }
  return Math.min(...times);
}

/** When an echo may have been missed last; store time. */
function lastGap(folder: string): number | undefined {
  const db = new DatabaseSync(`${folder}/agent.db`, { readOnly: true, timeout: 5_000 });
  const row = db.prepare('SELECT ingress_gap_at FROM instance').get();
  db.close();
  return (row?.['ingress_gap_at'] as number | null) ?? undefined;
}

const readiness = async (): Promise<number> =>
  (await fetch(`http://127.0.0.1:${service?.port ?? 0}/health/ready`)).status;

describe('the service with more than INBOX_MAX messages waiting', () => {
  it('refuses customers at once, hears the person who answers them, and goes on by itself', async () => {
    await start({ INBOX_MAX: '3', TAKEOVER_MINUTES: '60' });

    const refused = await answered(503);
    const tookMs = await quickestMs();
    const whileShort = await readiness();
    const persons = await post({ fromMe: true });
    const other = { remoteJid: '5583911112222@s.whatsapp.net' };
    const taken = await eventually('a message to be taken', async () => {
      const response = await post(other);
      return response.ok ? response : undefined;
    });

    expect(refused.headers.get('retry-after')).toBe('1');
    expect(tookMs).toBeLessThan(REFUSED_WITHIN_MS);
    expect(whileShort).toBe(503);
    expect(await persons.json()).toEqual({ status: 'ignored', reason: 'own_message' });
    expect(await taken.json()).toEqual({ status: 'processing' });
  });
});

describeWith(MOUNTING, 'the service on a disk that fills up', () => {
  it('refuses everything while less than DISK_MIN_FREE is left, and goes on by itself', async () => {
    const disk = SmallDisk.mount(24);
    try {
      await start({
        DATABASE_URL: `file:${disk.folder}/agent.db`,
        DISK_MIN_FREE: '6',
        DISK_BALLAST: '4',
      });
      const before = await post();
      const gapBefore = await eventually('the first beat', () => lastGap(disk.folder));
      disk.fill(5_000_000);
      const refused = await answered(503);
      const tookMs = await quickestMs();
      const whileShort = await readiness();
      const persons = await post({ fromMe: true });
      const gap = await eventually('a gap in the ingress', () => {
        const at = lastGap(disk.folder);
        return at !== undefined && at > gapBefore ? at : undefined;
      });
      disk.free();
      const taken = await answered(200);
      const afterwards = await eventually('readiness', async () =>
        (await readiness()) === 200 ? true : undefined,
      );

      expect(before.status).toBe(200);
      expect(refused.headers.get('retry-after')).toBe('1');
      expect(tookMs).toBeLessThan(REFUSED_WITHIN_MS);
      expect([whileShort, persons.status]).toEqual([503, 503]);
      expect(gap).toBeGreaterThan(gapBefore);
      expect(taken.status).toBe(200);
      expect(afterwards).toBe(true);
    } finally {
      await service?.stop();
      service = undefined;
      disk.unmount();
    }
  });
});
