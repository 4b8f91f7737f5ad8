import { describe, expect, it } from '@jest/globals';
import request from 'supertest';

import { StoreUnavailableError } from '../../../src/application/ports/outbound/store-unavailable-error.ts';
import { A_HEALTH_REPORT, anHttpHarness } from '../../support/http-harness.ts';

describe('GET /health', () => {
  it("answers with v2.1's fields and the depths", async () => {
    const { app } = anHttpHarness({ megaConfigured: false });

    const response = await request(app).get('/health');

    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      status: 'ok',
      version: '3.0.0',
      ai_mode: 'DRY_RUN',
      context_loaded: true,
      mega_configured: false,
      mega_connected: null,
      knowledge: {
        version: 'v-1a2b',
        documents: 5,
        passages: 40,
        files_skipped: 1,
        questions: 12,
        questions_failed: 1,
        change_refused: false,
      },
      inbox_depth: 3,
      outbox_depth: 2,
      dead_letters: 4,
      sending_paused: false,
    });
  });

  it('tells that sending is paused, but not what the gateway said', async () => {
    const { app, ports } = anHttpHarness({ aiMode: 'REAL' });
    ports.reportHealth.answers(() =>
      Promise.resolve({ ...A_HEALTH_REPORT, megaConnected: false, sendingPaused: 'refused 5583' }),
    );

    const response = await request(app).get('/health');

    expect(response.body).toMatchObject({
      ai_mode: 'REAL',
      mega_connected: false,
      sending_paused: true,
    });
    expect(response.text).not.toContain('5583');
  });

  it('answers anybody, also where a token is set', async () => {
    const { app } = anHttpHarness({ adminToken: 'secret-1' });

    const response = await request(app).get('/health').set('X-Forwarded-For', '192.0.2.7');

    expect(response.status).toBe(200);
  });

  it('answers 503 when the store cannot be asked', async () => {
    const { app, ports } = anHttpHarness();
    ports.reportHealth.answers(() => Promise.reject(new StoreUnavailableError('busy')));

    const response = await request(app).get('/health');

    expect(response.status).toBe(503);
  });
});

describe('GET /health/live', () => {
  it('answers without asking anything', async () => {
    const { app, ports } = anHttpHarness();

    const response = await request(app).get('/health/live');

    expect(response.status).toBe(200);
    expect(response.body).toEqual({ status: 'ok' });
    expect(ports.reportHealth.calls).toHaveLength(0);
  });
});

describe('GET /health/ready', () => {
  it('answers 200 when the process can take messages', async () => {
    const { app } = anHttpHarness();

    const response = await request(app).get('/health/ready');

    expect(response.status).toBe(200);
    expect(response.body).toEqual({ status: 'ready' });
  });

  it('answers 503 while it cannot', async () => {
    const { app, ports } = anHttpHarness();
    ports.reportHealth.answers(() => Promise.resolve({ ...A_HEALTH_REPORT, ready: false }));

    const response = await request(app).get('/health/ready');

    expect(response.status).toBe(503);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/u);
  });

  it('answers 503 when even that cannot be found out', async () => {
    const { app, ports } = anHttpHarness();
    ports.reportHealth.answers(() => Promise.reject(new Error('disk gone')));

    const response = await request(app).get('/health/ready');

    expect(response.status).toBe(503);
    expect(response.text).not.toContain('disk gone');
  });
});
