import { gzipSync } from 'node:zlib';

import { describe, expect, it } from '@jest/globals';
import { type Express } from 'express';
import request, { type Response } from 'supertest';

import { StoreUnavailableError } from '../../../src/application/ports/outbound/store-unavailable-error.ts';
import { anHttpHarness } from '../../support/http-harness.ts';

const BODY = '{"messageType":"notification","message":{"conversation":"Qual o preço?"}}';
const TOKEN = 'canary-3f9d2c7b1a';

/** A gateway redelivers, so every delivery is made twice. */
async function deliverTwice(
  app: Express,
  path = '/webhook',
  body: string | Buffer = BODY,
  headers: Readonly<Record<string, string>> = { 'Content-Type': 'application/json' },
): Promise<readonly [Response, Response]> {
  const deliver = () => {
    const pending = request(app).post(path).set(headers);
    // Left to itself, superagent would write a Buffer as JSON.
    pending.serialize((sent: unknown) => sent as string);
    return pending.send(body);
  };
  return [await deliver(), await deliver()];
}

function statusesOf(responses: readonly Response[]): readonly number[] {
  return responses.map(({ status }) => status);
}

describe('POST /webhook', () => {
  it('says processing once the delivery was received', async () => {
    const { app, ports } = anHttpHarness();

    const responses = await deliverTwice(app);

    expect(responses.map(({ status, text }) => [status, text])).toEqual([
      [200, '{"status":"processing"}'],
      [200, '{"status":"processing"}'],
    ]);
    expect(responses[0].headers['content-type']).toBe('application/json; charset=utf-8');
    expect(ports.receiveMessage.calls).toHaveLength(2);
  });

  it('hands over the events, the bytes as they came, and the request id', async () => {
    const { app, ports } = anHttpHarness();

    const [first] = await deliverTwice(app);

    const [delivery] = ports.receiveMessage.calls[0] ?? [];
    expect(delivery?.events).toEqual([{ type: 'unreadable' }]);
    expect(Buffer.from(delivery?.body ?? []).toString('utf8')).toBe(BODY);
    expect(delivery?.requestId).toBe(first.headers['x-request-id']);
  });

  it('tells why it ignores, as the use case says', async () => {
    const { app, ports } = anHttpHarness();
    ports.receiveMessage.answers(() => Promise.resolve({ status: 'ignored', reason: 'duplicate' }));

    const responses = await deliverTwice(app);

    expect(responses.map(({ status, body }) => [status, body as unknown])).toEqual([
      [200, { status: 'ignored', reason: 'duplicate' }],
      [200, { status: 'ignored', reason: 'duplicate' }],
    ]);
  });

  it.each([
    ['broken JSON', '{"message":'],
    ['nothing', ''],
  ])('ignores %s as invalid_json, without asking the use case', async (_what, body) => {
    const { app, meter, ports } = anHttpHarness();

    const responses = await deliverTwice(app, '/webhook', body);

    expect(responses.map(({ status, text }) => [status, text])).toEqual([
      [200, '{"status":"ignored","reason":"invalid_json"}'],
      [200, '{"status":"ignored","reason":"invalid_json"}'],
    ]);
    expect(ports.receiveMessage.calls).toHaveLength(0);
    expect(meter.measured).toEqual([
      ['messageIgnored', 'invalid_json'],
      ['messageIgnored', 'invalid_json'],
    ]);
  });

  it('leaves a line in the log for what is no JSON, by which the request is found again', async () => {
    const { app, logger } = anHttpHarness();

    const [first] = await deliverTwice(app, '/webhook', 'canary');

    expect(logger.entries[0]).toEqual({
      level: 'info',
      event: 'webhook ignored',
      fields: { requestId: first.headers['x-request-id'], reason: 'invalid_json' },
    });
    expect(logger.text()).not.toContain('canary');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=x-unknown',
    'nonsense',
  ])('reads the body as JSON when the content type is %s', async (type) => {
    const { app } = anHttpHarness();

    const responses = await deliverTwice(app, '/webhook', BODY, { 'Content-Type': type });

    expect(responses.map(({ text }) => text)).toEqual([
      '{"status":"processing"}',
      '{"status":"processing"}',
    ]);
  });

  it('reads a body that comes in pieces and does not tell its length', async () => {
    const { app, ports } = anHttpHarness();

    const pending = request(app).post('/webhook');
    pending.write(BODY.slice(0, 20));
    pending.write(BODY.slice(20));
    const response = await pending;

    expect(response.status).toBe(200);
    const [delivery] = ports.receiveMessage.calls[0] ?? [];
    expect(Buffer.from(delivery?.body ?? []).toString('utf8')).toBe(BODY);
  });

  it('reads a body that comes in pieces and tells its length', async () => {
    const { app, ports } = anHttpHarness();
    const body = JSON.stringify('ç'.repeat(100_000));

    await deliverTwice(app, '/webhook', body);

    const [delivery] = ports.receiveMessage.calls[1] ?? [];
    expect(Buffer.from(delivery?.body ?? []).toString('utf8')).toBe(body);
  });

  it('reads a compressed body', async () => {
    const { app, ports } = anHttpHarness();

    const responses = await deliverTwice(app, '/webhook', gzipSync(BODY), {
      'Content-Encoding': 'gzip',
    });

    expect(statusesOf(responses)).toEqual([200, 200]);
    const [delivery] = ports.receiveMessage.calls[0] ?? [];
    expect(Buffer.from(delivery?.body ?? []).toString('utf8')).toBe(BODY);
  });

  it('takes a body of exactly 256 kB', async () => {
    const { app } = anHttpHarness();

    const responses = await deliverTwice(app, '/webhook', `"${'x'.repeat(262_142)}"`);

    expect(statusesOf(responses)).toEqual([200, 200]);
  });

  it('refuses a larger body with 413', async () => {
    const { app, ports } = anHttpHarness();

    const responses = await deliverTwice(app, '/webhook', `"${'x'.repeat(262_143)}"`);

    expect(statusesOf(responses)).toEqual([413, 413]);
    expect(responses[0].headers['content-type']).toMatch(/^application\/problem\+json/u);
    expect(responses[0].body).toMatchObject({
      title: 'Payload Too Large',
      status: 413,
      detail: 'The body is larger than 256 kB.',
    });
    expect(ports.receiveMessage.calls).toHaveLength(0);
  });

  it('refuses a small body that unpacks to a large one with 413', async () => {
    const { app } = anHttpHarness();
    const bomb = gzipSync(Buffer.alloc(30_000_000, 32));

    const responses = await deliverTwice(app, '/webhook', bomb, { 'Content-Encoding': 'gzip' });

    expect(statusesOf(responses)).toEqual([413, 413]);
  });

  it('refuses what it cannot unpack without calling it its own fault', async () => {
    const { app, logger } = anHttpHarness();

    const broken = await deliverTwice(app, '/webhook', BODY, { 'Content-Encoding': 'gzip' });
    const unknown = await deliverTwice(app, '/webhook', BODY, { 'Content-Encoding': 'rot13' });

    expect(statusesOf([...broken, ...unknown])).toEqual([400, 400, 415, 415]);
    expect(logger.events('error')).toEqual([]);
  });

  it('asks for another try with 503 when nothing could be stored', async () => {
    const { app, ports } = anHttpHarness();
    ports.receiveMessage.answers(() => Promise.reject(new StoreUnavailableError('busy')));

    const responses = await deliverTwice(app);

    expect(statusesOf(responses)).toEqual([503, 503]);
    expect(responses.map(({ headers }) => headers['retry-after'] as unknown)).toEqual(['1', '1']);
  });

  it.each(['get', 'put', 'patch', 'delete', 'options'] as const)(
    'refuses %s with 405 and names POST',
    async (method) => {
      const { app } = anHttpHarness({ webhookToken: TOKEN });

      const bare = await request(app)[method]('/webhook');
      const withToken = await request(app)[method](`/webhook/${TOKEN}`);

      expect(statusesOf([bare, withToken])).toEqual([405, 405]);
      expect(bare.headers['allow']).toBe('POST');
    },
  );

  it('takes a token in the URL where none is expected', async () => {
    const { app } = anHttpHarness();

    const responses = await deliverTwice(app, '/webhook/anything');

    expect(statusesOf(responses)).toEqual([200, 200]);
  });

  it('refuses a malformed URL with 400', async () => {
    const { app } = anHttpHarness();

    const responses = await deliverTwice(app, '/webhook/%E0%A4%A');

    expect(statusesOf(responses)).toEqual([400, 400]);
    expect(responses[0].body).toMatchObject({ detail: 'The URL is malformed.' });
  });
});

describe('POST /webhook with WEBHOOK_TOKEN', () => {
  it.each([`/webhook/${TOKEN}`, `/webhook?token=${TOKEN}`, `/webhook/${TOKEN}/`])(
    'takes the token as in %s',
    async (path) => {
      const { app } = anHttpHarness({ webhookToken: TOKEN });

      const responses = await deliverTwice(app, path);

      expect(statusesOf(responses)).toEqual([200, 200]);
    },
  );

  it.each([
    '/webhook',
    '/webhook/wrong',
    '/webhook?token=wrong',
    '/webhook?token=',
    `/webhook/wrong?token=${TOKEN}`,
    `/webhook?token=${TOKEN}&token=${TOKEN}`,
    `/webhook?token[]=${TOKEN}`,
    `/webhook/${TOKEN.toUpperCase()}`,
  ])('refuses %s with 401, unread', async (path) => {
    const { app, ports } = anHttpHarness({ webhookToken: TOKEN });

    const responses = await deliverTwice(app, path);

    expect(statusesOf(responses)).toEqual([401, 401]);
    expect(ports.receiveMessage.calls).toHaveLength(0);
  });

  it('refuses before it reads a body that is too large', async () => {
    const { app } = anHttpHarness({ webhookToken: TOKEN });

    const responses = await deliverTwice(app, '/webhook', 'x'.repeat(300_000));

    expect(statusesOf(responses)).toEqual([401, 401]);
  });

  it('tells the operator of a refusal, but neither log nor answer shows a token', async () => {
    const { app, ports, logger } = anHttpHarness({ webhookToken: TOKEN });
    ports.receiveMessage.answers(() => {
      throw new Error(`failed at /webhook/${TOKEN}`);
    });

    const refused = await deliverTwice(app, '/webhook/guess-5e6f');
    const failed = await deliverTwice(app, `/webhook/${TOKEN}`);

    expect(logger.events('warn')).toEqual(['webhook refused: wrong or missing token']);
    expect(statusesOf(failed)).toEqual([500, 500]);
    const seen = [logger.text(), ...[...refused, ...failed].map(({ text }) => text)].join('\n');
    expect(seen).not.toContain('canary');
    expect(seen).not.toContain('guess');
  });

  it('logs one line a minute of many refusals, with their number', async () => {
    const { app, clock, logger } = anHttpHarness({ webhookToken: TOKEN });

    await deliverTwice(app);
    await deliverTwice(app);
    await clock.advance(60_000);
    await deliverTwice(app);

    expect(logger.entries.map(({ fields }) => fields['refused'])).toEqual([1, 4]);
  });
});
