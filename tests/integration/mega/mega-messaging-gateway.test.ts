import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { MegaMessagingGateway } from '../../../src/adapters/outbound/mega/mega-messaging-gateway.ts';
import { type Jid } from '../../../src/domain/contact.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { LoopbackMega } from '../../support/loopback-mega.ts';
import {
  after,
  answer,
  answerJsonText,
  drip,
  halfBody,
  hang,
  resetAfterReading,
  resetBeforeReading,
} from '../../support/loopback-scripts.ts';
import { type Script } from '../../support/loopback-server.ts';

const TOKEN = 'canary-token-123';
const ANA = '5583988887777@s.whatsapp.net' as Jid;
const KEY = { remoteJid: ANA, fromMe: true, id: 'ABC' };

describe('MegaMessagingGateway', () => {
  let mega: LoopbackMega;
  let clock: ManualClock;
  let gateway: MegaMessagingGateway;

  function aGateway(baseUrl: string): MegaMessagingGateway {
    return new MegaMessagingGateway({ baseUrl, token: TOKEN, instance: 'megastart/1' }, clock);
  }

  beforeEach(async () => {
    mega = await LoopbackMega.start();
    clock = new ManualClock();
    gateway = aGateway(mega.url);
  });
  afterEach(() => mega.close());

  describe('sendText', () => {
    it('sends nothing over a connection that it hears of only after it stood still', async () => {
      const times = [0];
      clock.monotonic = (): number => times.shift() ?? 5_000;

      const outcome = await gateway.sendText(ANA, 'Oi');

      expect(outcome).toEqual({ kind: 'not_sent', reason: 'Mega cannot be reached: time-out' });
      expect(mega.requests).toEqual([]);
    });

    it('posts the text as Mega wants it', async () => {
      await aGateway(`${mega.url}/`).sendText(ANA, 'Olá!');

      const [request] = mega.requests;
      expect(request).toMatchObject({
        method: 'POST',
        path: '/rest/sendMessage/megastart%2F1/text',
        body: '{"messageData":{"to":"5583988887777@s.whatsapp.net","text":"Olá!"}}',
      });
      expect(request?.headers).toMatchObject({
        authorization: 'Bearer canary-token-123',
        'content-type': 'application/json',
        'user-agent': 'whatsapp-ai-agent',
        connection: 'close',
      });
    });

    it.each<[string, unknown]>([
      ['messageData.key.id', { error: false, messageData: { key: KEY } }],
      ['messageData.id', { messageData: { id: 'ABC' } }],
      ['key.id', { key: KEY, error: null }],
      ['id', { id: 'ABC', messageData: 'x' }],
    ])('is sent when a 200 names %s', async (_name, body) => {
      mega.script('send', answer(200, body));

      const outcome = await gateway.sendText(ANA, 'Oi');

      expect(outcome).toEqual({ kind: 'sent', gatewayId: 'ABC' });
    });

    it.each<[string, Script, string]>([
      ['a 200 with an error', answer(200, { error: true, key: KEY }), 'Mega reported an error'],
      ['a 200 with an error in words', answer(200, { error: 'x', key: KEY }), 'reported an error'],
      ['a 200 with an error as an object', answer(200, { error: {}, key: KEY }), 'reported an'],
      ['a 200 without an id', answer(200, { error: false }), 'without a message id'],
      ['an id that is none', answer(200, { messageData: { key: { id: 7 } } }), 'message id'],
      ['a 200 with a web page', answer(200, '<html>'), 'unreadable answer'],
      ['a 200 with broken JSON', answerJsonText(200, '{"messageData":'), 'unreadable answer'],
      ['a 204', answer(204, ''), 'unreadable answer'],
      ['half a body', halfBody(200, '{"messageData":'), 'no whole answer'],
      ['an answer over 1 MB', answer(200, 'x'.repeat(1_100_000)), 'no whole answer'],
      ['HTTP 500', answer(500, {}), 'HTTP 500'],
      ['HTTP 502', answer(502, ''), 'HTTP 502'],
      ['HTTP 503', answer(503, ''), 'HTTP 503'],
      ['HTTP 504', answer(504, ''), 'HTTP 504'],
      ['HTTP 500 with a Retry-After', answer(500, {}, { 'retry-after': '3' }), 'HTTP 500'],
      ['a reset before the request was read', resetBeforeReading(), 'ECONNRESET'],
      ['a reset after the request was read', resetAfterReading(), 'ECONNRESET'],
    ])('is unknown after %s', async (_name, script, reason) => {
      mega.script('send', script);

      const outcome = await gateway.sendText(ANA, 'Oi');

      expect(outcome).toEqual({ kind: 'unknown', reason: expect.stringContaining(reason) });
    });

    it.each<[string, Script]>([
      ['nothing', hang()],
      ['the beginning of an answer', drip('{"messageData":{"key":{"id":"ABC"}}')],
    ])('is unknown when 10 s after the request there is %s', async (_name, script) => {
      mega.script('send', script);

      const sending = gateway.sendText(ANA, 'Oi');
      await mega.received(1);
      await clock.advance(9_999);
      const during = clock.sleeping;
      await clock.advance(1);

      expect(during).toBe(1);
      expect(await sending).toEqual({
        kind: 'unknown',
        reason: 'no whole answer from Mega: time-out',
      });
    });

    it('is sent when the answer comes late, but within 10 s', async () => {
      let open = (): void => undefined;
      const gate = new Promise<void>((resolve) => {
        open = resolve;
      });
      mega.script('send', after(gate, answer(200, { key: KEY })));

      const sending = gateway.sendText(ANA, 'Oi');
      await mega.received(1);
      await clock.advance(9_999);
      open();

      expect(await sending).toEqual({ kind: 'sent', gatewayId: 'ABC' });
    });

    it.each([
      [301, 'check MEGA_API_BASE_URL'],
      [307, 'check MEGA_API_BASE_URL'],
      [401, 'check MEGA_API_TOKEN'],
      [402, 'check the Mega account'],
      [403, 'check MEGA_API_TOKEN'],
      [404, 'check MEGA_INSTANCE_ID'],
      [405, 'check MEGA_API_BASE_URL'],
    ])('is blocked by HTTP %i, which no redirect is followed for', async (status, hint) => {
      mega.script('send', answer(status, {}, { location: `${mega.url}/rest/instance/x` }));

      const outcome = await gateway.sendText(ANA, 'Oi');

      expect(outcome).toEqual({ kind: 'blocked', reason: expect.stringContaining(hint) });
      expect(mega.requests).toHaveLength(1);
    });

    it.each([400, 413, 422])('is rejected by HTTP %i', async (status) => {
      mega.script('send', answer(status, { error: true, message: `no ${TOKEN}` }));

      const outcome = await gateway.sendText(ANA, 'Oi');

      expect(outcome).toEqual({ kind: 'rejected', reason: `HTTP ${status} from Mega` });
    });

    it.each([
      [429, '7', 7_000],
      [429, 'Tue, 15 Sep 2026 12:00:30 GMT', 30_000],
      [429, 'Tue, 15 Sep 2026 11:00:00 GMT', 0],
      [429, '999999', 3_600_000],
      [503, '7', 7_000],
    ])('is not sent after HTTP %i with Retry-After %s', async (status, value, retryAfterMs) => {
      mega.script('send', answer(status, {}, { 'retry-after': value }));

      const outcome = await gateway.sendText(ANA, 'Oi');

      expect(outcome).toEqual({
        kind: 'not_sent',
        reason: `HTTP ${status} from Mega`,
        retryAfterMs,
      });
    });

    it.each([408, 409, 423, 429])('is not sent after HTTP %i alone', async (status) => {
      mega.script('send', answer(status, {}));

      const outcome = await gateway.sendText(ANA, 'Oi');

      expect(outcome).toEqual({ kind: 'not_sent', reason: `HTTP ${status} from Mega` });
    });

    it('is not sent where nobody listens', async () => {
      await mega.close();

      const outcome = await gateway.sendText(ANA, 'Oi');

      expect(outcome).toEqual({
        kind: 'not_sent',
        reason: 'Mega cannot be reached: ECONNREFUSED',
      });
    });

    it.each(['not a url', 'ftp://127.0.0.1'])('is not sent to %s', async (baseUrl) => {
      const outcome = await aGateway(baseUrl).sendText(ANA, 'Oi');

      expect(outcome.kind).toBe('not_sent');
    });

    it('is not sent where the other end does not speak TLS', async () => {
      const outcome = await aGateway(mega.url.replace('http:', 'https:')).sendText(ANA, 'Oi');

      expect(outcome.kind).toBe('not_sent');
      expect(mega.requests).toEqual([]);
    });

    it('goes through no proxy that the environment names', async () => {
      process.env['http_proxy'] = 'http://127.0.0.1:9';
      try {
        expect(await gateway.sendText(ANA, 'Oi')).toMatchObject({ kind: 'sent' });
      } finally {
        delete process.env['http_proxy'];
      }
    });

    it('opens a connection for each text, and leaves no limit running', async () => {
      await gateway.sendText(ANA, 'Oi');
      await gateway.sendText(ANA, 'Oi');

      expect(mega.connections).toBe(2);
      expect(clock.sleeping).toBe(0);
    });

    it('names neither token nor contact nor text, whatever happens', async () => {
      const echo = `${TOKEN} ${ANA} segredo`;
      mega.script('send', answer(400, echo), answer(200, { error: echo }), resetAfterReading());

      const outcomes = [
        await gateway.sendText(ANA, 'segredo'),
        await gateway.sendText(ANA, 'segredo'),
        await gateway.sendText(ANA, 'segredo'),
      ];

      expect(JSON.stringify(outcomes)).not.toMatch(/canary|5583988887777|segredo/u);
    });
  });
});

describe('MegaMessagingGateway before a server that never shakes hands', () => {
  let server: Server;

  beforeEach(async () => {
    server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.close();
  });

  it('is not sent after 5 s', async () => {
    const clock = new ManualClock();
    const { port } = server.address() as { port: number };
    const options = { baseUrl: `https://127.0.0.1:${port}`, token: TOKEN, instance: 'm' };

    const sending = new MegaMessagingGateway(options, clock).sendText(ANA, 'Oi');
    const [socket] = (await once(server, 'connection')) as [Socket];
    await clock.advance(5_000);
    const outcome = await sending;
    socket.destroy();

    expect(outcome).toEqual({ kind: 'not_sent', reason: 'Mega cannot be reached: time-out' });
  });
});
