import { describe, expect, it } from '@jest/globals';
import request from 'supertest';

import { StoreUnavailableError } from '../../../src/application/ports/outbound/store-unavailable-error.ts';
import { type OutboxId } from '../../../src/domain/delivery.ts';
import { anHttpHarness } from '../../support/http-harness.ts';

const VALID = { phone: '+55 (83) 9 9999-1234', message: 'Bom dia!' };

describe('POST /send-message', () => {
  it('sends to the digits of the phone', async () => {
    const { app, ports } = anHttpHarness();

    const response = await request(app).post('/send-message').send(VALID);

    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      status: 'sent',
      phone: '5583999991234',
      message: 'Bom dia!',
      id: 7,
    });
    expect(ports.sendManualMessage.calls).toEqual([['5583999991234@s.whatsapp.net', 'Bom dia!']]);
  });

  it('sends to an address', async () => {
    const { app, ports } = anHttpHarness();

    const response = await request(app)
      .post('/send-message')
      .send({ phone: '5583999991234@s.whatsapp.net', message: 'Oi' });

    expect(response.body).toMatchObject({ phone: '5583999991234' });
    expect(ports.sendManualMessage.calls).toEqual([['5583999991234@s.whatsapp.net', 'Oi']]);
  });

  it('gives back the first 60 characters and never half of one', async () => {
    const { app } = anHttpHarness();

    const response = await request(app)
      .post('/send-message')
      .send({ ...VALID, message: `${'a'.repeat(59)}😀depois` });

    expect(response.body).toMatchObject({ message: `${'a'.repeat(59)}😀` });
  });

  it('sends 65,536 characters whole', async () => {
    const { app, ports } = anHttpHarness();

    const response = await request(app)
      .post('/send-message')
      .send({ ...VALID, message: 'a'.repeat(65_536) });

    expect(response.status).toBe(200);
    expect(ports.sendManualMessage.calls[0]?.[1]).toHaveLength(65_536);
  });

  it('takes out what can neither be stored nor sent', async () => {
    const { app, ports } = anHttpHarness();

    const response = await request(app)
      .post('/send-message')
      .set('Content-Type', 'application/json')
      .send(String.raw`{"phone":"5583999991234","message":"a\u0000b\ud800c"}`);

    expect(response.status).toBe(200);
    expect(ports.sendManualMessage.calls[0]?.[1]).toBe('ab\ufffdc');
  });

  it.each([
    ['no phone', { message: 'Oi' }, ['phone']],
    ['a number for a phone', { phone: 5583999991234, message: 'Oi' }, ['phone']],
    ['a phone without digits', { phone: 'Maria', message: 'Oi' }, ['phone']],
    ['a group', { phone: '120363041234567890@g.us', message: 'Oi' }, ['phone']],
    ['no message', { phone: '5583999991234' }, ['message']],
    ['a blank message', { phone: '5583999991234', message: ' \n\t' }, ['message']],
    ['a message of NULs', { phone: '5583999991234', message: '\0\0' }, ['message']],
    ['a message too long', { phone: '5583999991234', message: 'a'.repeat(65_537) }, ['message']],
    ['null for a message', { phone: '5583999991234', message: null }, ['message']],
    ['nothing right', {}, ['phone', 'message']],
    ['a list', [], ['body']],
  ])('refuses %s with 400 and names the field', async (_what, body, fields) => {
    const { app, ports } = anHttpHarness();

    const response = await request(app).post('/send-message').send(body);

    expect(response.status).toBe(400);
    const { errors } = response.body as { errors: { field: string }[] };
    expect(errors.map(({ field }) => field)).toEqual(fields);
    expect(ports.sendManualMessage.calls).toEqual([]);
  });

  it.each(['{"phone":', 'null', '"text"', 'phone=5583999991234'])(
    'refuses the body %s with 400',
    async (body) => {
      const { app } = anHttpHarness();

      const response = await request(app)
        .post('/send-message')
        .set('Content-Type', 'application/json')
        .send(body);

      expect(response.status).toBe(400);
      expect(response.headers['content-type']).toMatch(/^application\/problem\+json/u);
    },
  );

  it('refuses a missing body with 400', async () => {
    const { app } = anHttpHarness();

    const response = await request(app).post('/send-message');

    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ errors: [{ field: 'phone' }, { field: 'message' }] });
  });

  it('refuses deep JSON with 400', async () => {
    const { app } = anHttpHarness();

    const response = await request(app)
      .post('/send-message')
      .set('Content-Type', 'application/json')
      .send(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);

    expect(response.status).toBe(400);
  });

  it('refuses a body over 256 kB with 413', async () => {
    const { app } = anHttpHarness();

    const response = await request(app)
      .post('/send-message')
      .send({ ...VALID, extra: 'x'.repeat(262_144) });

    expect(response.status).toBe(413);
  });

  it('is not misled by names of an object of its own', async () => {
    const { app } = anHttpHarness();

    const response = await request(app)
      .post('/send-message')
      .set('Content-Type', 'application/json')
      .send('{"__proto__":{"phone":"5583999991234","message":"Oi"}}');

    expect(response.status).toBe(400);
    expect(Object.hasOwn(Object.prototype, 'phone')).toBe(false);
  });

  it('answers 502 with the reason when the gateway refuses', async () => {
    const { app, ports } = anHttpHarness();
    ports.sendManualMessage.answers(() =>
      Promise.resolve({ outcome: 'failed', id: 8 as OutboxId, reason: 'HTTP 400' }),
    );

    const response = await request(app).post('/send-message').send(VALID);

    expect(response.status).toBe(502);
    expect(response.body).toMatchObject({
      title: 'Bad Gateway',
      outcome: 'failed',
      id: 8,
      detail: 'The message was not sent and will not be: HTTP 400',
    });
  });

  it('answers 502 and warns of sending again when the gateway stays silent', async () => {
    const { app, ports } = anHttpHarness();
    ports.sendManualMessage.answers(() =>
      Promise.resolve({ outcome: 'unknown', id: 9 as OutboxId, reason: 'no answer in 15 s' }),
    );

    const response = await request(app).post('/send-message').send(VALID);

    expect(response.status).toBe(502);
    expect(response.body).toMatchObject({
      outcome: 'unknown',
      id: 9,
      detail:
        'Whether the message was sent is not known yet; it goes on being settled, so do not send it again: no answer in 15 s',
    });
  });

  it('answers 503 when it could not be stored', async () => {
    const { app, ports } = anHttpHarness();
    ports.sendManualMessage.answers(() => Promise.reject(new StoreUnavailableError('busy')));

    const response = await request(app).post('/send-message').send(VALID);

    expect(response.status).toBe(503);
    expect(response.headers['retry-after']).toBe('1');
  });
});

describe('GET /mega-status', () => {
  it("gives the gateway's own answer", async () => {
    const { app } = anHttpHarness();

    const response = await request(app).get('/mega-status');

    expect(response.status).toBe(200);
    expect(response.body).toEqual({ instance: 'connected' });
  });

  it('answers 400 where Mega is not configured, and asks nobody', async () => {
    const { app, ports } = anHttpHarness({ megaConfigured: false });

    const response = await request(app).get('/mega-status');

    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({
      detail: 'Mega API is not configured. Set MEGA_API_TOKEN and MEGA_INSTANCE_ID.',
    });
    expect(ports.checkGateway.calls).toEqual([]);
  });

  it('answers 502 with the reason when it is unreachable', async () => {
    const { app, ports } = anHttpHarness();
    ports.checkGateway.answers(() =>
      Promise.resolve({ kind: 'unreachable', reason: 'ECONNREFUSED' }),
    );

    const response = await request(app).get('/mega-status');

    expect(response.status).toBe(502);
    expect(response.body).toMatchObject({ detail: 'Mega API could not be asked: ECONNREFUSED' });
  });

  it('answers with null when the gateway said nothing', async () => {
    const { app, ports } = anHttpHarness();
    ports.checkGateway.answers(() =>
      Promise.resolve({ kind: 'answered', connected: true, body: undefined }),
    );

    const response = await request(app).get('/mega-status');

    expect([response.status, response.text]).toEqual([200, 'null']);
  });
});

describe('GET /sandbox/messages', () => {
  it('lists what the sandbox took, the newest last', async () => {
    const { app } = anHttpHarness(
      {},
      {
        execute: () => [
          { to: '5583999991234@s.whatsapp.net', text: 'R$ 497', at: 1_789_473_600_000 },
          { to: '5583999991234@s.whatsapp.net', text: 'Até logo', at: 1_789_473_601_500 },
        ],
      },
    );

    const response = await request(app).get('/sandbox/messages');

    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      messages: [
        { to: '5583999991234@s.whatsapp.net', text: 'R$ 497', at: '2026-09-15T12:00:00.000Z' },
        { to: '5583999991234@s.whatsapp.net', text: 'Até logo', at: '2026-09-15T12:00:01.500Z' },
      ],
    });
  });

  it('answers 404 where a real gateway is at work', async () => {
    const { app } = anHttpHarness();

    const response = await request(app).get('/sandbox/messages');

    expect(response.status).toBe(404);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/u);
  });
});
