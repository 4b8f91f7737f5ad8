import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';

import { loadConfig } from '../../../src/infrastructure/config.ts';
import { Service } from '../../../src/infrastructure/service.ts';
import { aWebhookBody } from '../../builders/a-webhook-body.ts';
import { describeWith } from '../../support/describe-with.ts';
import { eventually } from '../../support/polling.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../../support/postgres-server.ts';

describeWith(POSTGRES, 'Service on PostgreSQL', (binaries) => {
  let server: PostgresServer;
  let service: Service;
  let printed: string;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());
  beforeEach(async () => {
    printed = '';
    const config = loadConfig({
      API_HOST: '127.0.0.1',
      API_PORT: '0',
      REPLY_QUIET: '0',
      LOG_LEVEL: 'error',
      DATABASE_URL: await server.emptyDatabase(),
    });
    service = await Service.start(config, (text) => {
      printed += text;
    });
  });
  afterEach(() => service.stop());

  const post = (id: string, text: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${service.port}/webhook`, {
      method: 'POST',
      body: JSON.stringify(
        aWebhookBody({
          key: { remoteJid: '558388887777@s.whatsapp.net', fromMe: false, id },
          messageTimestamp: Math.floor(Date.now() / 1_000),
          message: { conversation: text },
        }),
      ),
    });
  const replies = async (atLeast: number): Promise<true | undefined> => {
    const answer = await fetch(`http://127.0.0.1:${service.port}/sandbox/messages`);
    const { messages } = (await answer.json()) as { messages: unknown[] };
    return messages.length >= atLeast || undefined;
  };

  it('says where it keeps everything, without the account', () => {
    expect(printed).toMatch(/store {6}PostgreSQL at 127\.0\.0\.1:\d+\/test_\d+\n/u);
  });

  it('answers a message', async () => {
    const answer = await post('A1', 'Qual o preço do curso?');

    expect(await answer.json()).toEqual({ status: 'processing' });
    expect(await eventually('a reply', () => replies(1))).toBe(true);
  });

  it('refuses webhooks with 503 while the server is away, and works on by itself afterwards', async () => {
    await server.crash();
    const from = performance.now();
    const refused = await post('B1', 'Qual o preço do curso?');
    const took = performance.now() - from;
    await server.up();
    const accepted = await eventually('a webhook to be taken', async () => {
      const answer = await post('B1', 'Qual o preço do curso?');
      return answer.ok ? answer : undefined;
    });

    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    expect(took).toBeLessThan(1_500);
    expect(await accepted.json()).toEqual({ status: 'processing' });
    expect(await eventually('a reply', () => replies(1))).toBe(true);
  }, 30_000);
});
