import { describe, expect, it } from '@jest/globals';
import { type Express } from 'express';
import request, { type Test } from 'supertest';

import { anHttpHarness } from '../../support/http-harness.ts';
import { routesOf } from '../../support/http-routes.ts';

const TOKEN = 'canary-7d1e9b4c';

function bearer(app: Express, token: string, from = '192.0.2.7'): Test {
  return request(app)
    .get('/conversation-stats')
    .set('Authorization', `Bearer ${token}`)
    .set('X-Forwarded-For', from);
}

async function showTimes(app: Express, token: string, times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let time = 0; time < times; time += 1) statuses.push((await bearer(app, token)).status);
  return statuses;
}

const ADMIN_ROUTES = routesOf(anHttpHarness().app)
  .filter(({ path }) => !path.startsWith('/webhook') && !path.startsWith('/health'))
  .map(({ method, path }) => [method, path.replace(':phone', '5583999991234')] as const);

describe('admin routes with ADMIN_TOKEN', () => {
  it.each(ADMIN_ROUTES)('refuse %s %s without the token', async (method, path) => {
    const { app } = anHttpHarness({ adminToken: TOKEN });

    const response = await request(app)[method](path);

    expect(response.status).toBe(401);
    expect(response.headers['www-authenticate']).toBe('Bearer');
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/u);
  });

  it.each(ADMIN_ROUTES)('let %s %s through with the token', async (method, path) => {
    const { app } = anHttpHarness({ adminToken: TOKEN });

    const response = await request(app)[method](path).set('Authorization', `Bearer ${TOKEN}`);

    expect([401, 403, 405, 429, 500]).not.toContain(response.status);
  });

  it('read the scheme whatever its case', async () => {
    const { app } = anHttpHarness({ adminToken: TOKEN });

    const response = await request(app)
      .get('/conversation-stats')
      .set('Authorization', `bearer ${TOKEN}`);

    expect(response.status).toBe(200);
  });

  it.each([`Basic ${TOKEN}`, TOKEN, 'Bearer', `Bearer ${TOKEN}x`, `Bearer ${TOKEN} x`])(
    'refuse the header "%s"',
    async (header) => {
      const { app } = anHttpHarness({ adminToken: TOKEN });

      const response = await request(app).get('/conversation-stats').set('Authorization', header);

      expect(response.status).toBe(401);
    },
  );

  it('do not tell a stranger which routes there are', async () => {
    const { app } = anHttpHarness({ adminToken: TOKEN });

    const unknown = await request(app).get('/no-such-route');
    const wrongMethod = await request(app).get('/send-message');

    expect([unknown.status, wrongMethod.status]).toEqual([401, 401]);
  });

  it('answer 429 to further wrong tokens after 20 within a minute', async () => {
    const { app } = anHttpHarness({ adminToken: TOKEN });

    const statuses = await showTimes(app, 'wrong', 20);
    const next = await bearer(app, 'wrong');

    expect(statuses).toEqual(Array.from({ length: 20 }, () => 401));
    expect(next.status).toBe(429);
    expect(next.headers['retry-after']).toBe('60');
  });

  it('let the right token in meanwhile: others behind the same address must not lock it out', async () => {
    const { app } = anHttpHarness({ adminToken: TOKEN });
    await showTimes(app, 'wrong', 20);

    const response = await bearer(app, TOKEN);

    expect(response.status).toBe(200);
  });

  it('begin to count anew after the minute', async () => {
    const { app, clock } = anHttpHarness({ adminToken: TOKEN });
    await showTimes(app, 'wrong', 20);

    await clock.advance(60_000);
    const response = await bearer(app, 'wrong');

    expect(response.status).toBe(401);
  });

  it('count each address by itself', async () => {
    const { app } = anHttpHarness({ adminToken: TOKEN });
    await showTimes(app, 'wrong', 20);

    const response = await bearer(app, 'wrong', '192.0.2.8');

    expect(response.status).toBe(401);
  });

  it('know the address by what the proxy added last, not by what the caller made up', async () => {
    const { app } = anHttpHarness({ adminToken: TOKEN });
    await showTimes(app, 'wrong', 20);

    const response = await bearer(app, 'wrong', '203.0.113.99, 192.0.2.7');

    expect(response.status).toBe(429);
  });

  it('log a wrong token without the token', async () => {
    const { app, logger } = anHttpHarness({ adminToken: TOKEN });

    await bearer(app, 'guess-5e6f');
    await bearer(app, TOKEN);

    expect(logger.events()).toEqual(['wrong admin token']);
    expect(logger.entries[0]?.fields['address']).toBe('192.0.2.7');
    expect(logger.text()).not.toMatch(/guess|canary/u);
  });

  it('log one line a minute of many wrong tokens, with their number', async () => {
    const { app, clock, logger } = anHttpHarness({ adminToken: TOKEN });

    await showTimes(app, 'wrong', 30);
    await clock.advance(60_000);
    await showTimes(app, 'wrong', 2);

    expect(logger.entries.map(({ fields }) => fields['refused'])).toEqual([1, 30]);
  });
});

describe('admin routes without ADMIN_TOKEN', () => {
  it.each(ADMIN_ROUTES)('let %s %s through from this machine', async (method, path) => {
    const { app } = anHttpHarness();

    const response = await request(app)[method](path);

    expect([401, 403, 405, 429, 500]).not.toContain(response.status);
  });

  it.each([
    ['X-Forwarded-For', '127.0.0.1'],
    ['X-Forwarded-Host', 'localhost'],
    ['X-Forwarded-Proto', 'http'],
    ['X-Real-IP', '127.0.0.1'],
    ['Forwarded', 'for=127.0.0.1'],
    ['Via', '1.1 proxy'],
    ['CF-Connecting-IP', '127.0.0.1'],
    ['True-Client-IP', '127.0.0.1'],
    ['X-Client-IP', '127.0.0.1'],
    ['Sec-Fetch-Site', 'cross-site'],
    ['Sec-Fetch-Site', 'same-site'],
    ['Host', 'shop.example'],
    ['Origin', 'https://shop.example'],
    ['Origin', 'null'],
  ])('refuse a caller with %s: %s', async (name, value) => {
    const { app, ports } = anHttpHarness();

    const response = await request(app)
      .post('/send-message')
      .set(name, value)
      .send({ phone: '5583999991234', message: 'Oi' });

    expect(response.status).toBe(401);
    expect(ports.sendManualMessage.calls).toEqual([]);
  });

  it("let in a page of the service's own", async () => {
    const { app } = anHttpHarness();

    const response = await request(app)
      .get('/conversation-stats')
      .set('Host', 'localhost:8000')
      .set('Origin', 'http://localhost:8000')
      .set('Sec-Fetch-Site', 'same-origin');

    expect(response.status).toBe(200);
  });
});
