import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Store } from '../../../src/application/ports/outbound/store.ts';
import { type Jid } from '../../../src/domain/contact.ts';
import { loadConfig } from '../../../src/infrastructure/config.ts';
import { TOKENS } from '../../../src/infrastructure/container/tokens.ts';
import { openStore, wire } from '../../../src/infrastructure/service.ts';
import { anIncomingMessage } from '../../builders/an-incoming-message.ts';
import { eventually } from '../../support/polling.ts';

const REAL = {
  OPENAI_API_KEY: 'sk-test-0123456789',
  OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
  LLM_TEMPERATURE: '0.2',
  LLM_DAILY_TOKENS: '1000',
  MEGA_API_BASE_URL: 'http://127.0.0.1:9',
  MEGA_API_TOKEN: 'mega-test-0123456789',
  MEGA_INSTANCE_ID: 'megastart-1',
  WEBHOOK_TOKEN: 'webhook-test-0123456789',
  ADMIN_TOKEN: 'admin-test-0123456789',
};

let folder: string;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wiring-'));
});

afterEach(async () => {
  jest.restoreAllMocks();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Bound to nothing where their setting says so. */
const OPTIONAL = new Set(['sandbox', 'embedder', 'similarity', 'embedKnowledge']);

describe('wire', () => {
  it.each([
    ['the stand-ins', {}],
    ['everything real', REAL],
    ['everything real in production', { ...REAL, NODE_ENV: 'production' }],
    ['embeddings', { ...REAL, EMBEDDING_MODEL: 'text-embedding-3-small' }],
  ])('resolves every token with %s', async (_what, environment) => {
    const config = loadConfig({ ...environment, DATABASE_URL: `file:${join(folder, 'agent.db')}` });
    store = await openStore(config, { onHint: () => undefined, onClockJump: () => undefined });

    const wiring = wire(config, store, '0.0.0');

    for (const [name, token] of Object.entries<symbol>(TOKENS)) {
      const isOptional = OPTIONAL.has(name);
      expect([name, wiring.get(token) !== undefined || isOptional]).toEqual([name, true]);
    }
    expect(wiring.get(TOKENS.sandbox) === undefined).toBe(config.mega !== undefined);
    const { embeddingModel } = config.ai;
    expect(wiring.get(TOKENS.embedKnowledge) === undefined).toBe(embeddingModel === undefined);
  });

  it('keeps every secret of the configuration out of the log', async () => {
    const file = `file:${join(folder, 'agent.db')}`;
    const config = loadConfig({ ...REAL, DATABASE_URL: file, LOG_LEVEL: 'info' });
    store = await openStore(config, { onHint: () => undefined, onClockJump: () => undefined });
    const logger = wire(config, store, '0.0.0').get(TOKENS.logger);
    const written: string[] = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((piece) => {
      written.push(String(piece));
      return true;
    });

    const secrets = Object.entries(REAL).filter(([name]) => /_(?:KEY|TOKEN)$/u.test(name));
    for (const [name, secret] of secrets) logger.info('told', { name, words: `so: ${secret}` });
    await eventually('the lines', () => written.join('').includes('WEBHOOK_TOKEN') || undefined);

    expect(secrets).toHaveLength(4);
    expect(written.join('').match(/so: \[redacted\]/gu)).toHaveLength(4);
    expect(written.join('')).not.toContain('-test-0123456789');
  });

  it('gives the store its times', async () => {
    const file = `file:${join(folder, 'agent.db')}`;
    const config = loadConfig({ DATABASE_URL: file, REPLY_QUIET: '100', REPLY_MAX_WAIT: '7' });
    store = await openStore(config, { onHint: () => undefined, onClockJump: () => undefined });

    const message = anIncomingMessage();
    const receptions = await store.inbox.add({ arrivals: [{ message }], body: new Uint8Array() });

    expect(receptions).toMatchObject([{ status: 'accepted', readyInMs: 7_000 }]);
  });

  it('tells the store, too, whom IGNORE_PHONES names', async () => {
    const config = loadConfig({
      IGNORE_PHONES: '558388887777',
      LOG_LEVEL: 'error',
      DATABASE_URL: `file:${join(folder, 'agent.db')}`,
    });
    store = await openStore(config, { onHint: () => undefined, onClockJump: () => undefined });
    const receiveMessage = wire(config, store, '0.0.0').get(TOKENS.receiveMessage);
    const phone = '5583988887777@s.whatsapp.net' as Jid;
    const lid = '123456789012345@lid' as Jid;

    const receipts = [];
    for (const identity of [{ phone, lid }, { lid }]) {
      const message = anIncomingMessage({ identity, id: `MSG-${receipts.length}` });
      const events = [{ type: 'message', message }] as const;
      receipts.push(
        await receiveMessage.execute({ events, body: new Uint8Array(), requestId: 'R1' }),
      );
    }

    const ignored = { status: 'ignored', reason: 'ignored_contact' };
    expect(receipts).toEqual([ignored, ignored]);
  });
});
