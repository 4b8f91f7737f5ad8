import { describe, expect, it } from '@jest/globals';
import request from 'supertest';

import { StoreUnavailableError } from '../../../src/application/ports/outbound/store-unavailable-error.ts';
import { anHttpHarness } from '../../support/http-harness.ts';

describe('GET /metrics', () => {
  it('answers with the page as it is, under its own content type', async () => {
    const { app } = anHttpHarness();

    const response = await request(app).get('/metrics');

    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.text).toBe('up 1\n');
  });

  it('answers nobody who is neither on the machine nor shows the token', async () => {
    const open = anHttpHarness();
    const closed = anHttpHarness({ adminToken: 'canary-7d1e9b4c' });

    const fromOutside = await request(open.app).get('/metrics').set('X-Forwarded-For', '192.0.2.7');
    const withoutToken = await request(closed.app).get('/metrics');
    const withToken = await request(closed.app)
      .get('/metrics')
      .set('Authorization', 'Bearer canary-7d1e9b4c');

    expect([fromOutside.status, withoutToken.status, withToken.status]).toEqual([401, 401, 200]);
    expect(open.ports.reportMetrics.calls).toEqual([]);
  });

  it('answers 503 when the store cannot be asked, which Prometheus shows as down', async () => {
    const { app, ports } = anHttpHarness();
    ports.reportMetrics.answers(() => Promise.reject(new StoreUnavailableError('busy')));

    const response = await request(app).get('/metrics');

    expect(response.status).toBe(503);
  });

  it('takes GET only', async () => {
    const { app } = anHttpHarness();

    const response = await request(app).post('/metrics');

    expect(response.status).toBe(405);
    expect(response.headers['allow']).toBe('GET, HEAD');
  });
});
