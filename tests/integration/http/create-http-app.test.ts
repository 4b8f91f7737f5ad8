import { describe, expect, it } from '@jest/globals';
import request from 'supertest';

import { anHttpHarness } from '../../support/http-harness.ts';
import { routesOf } from '../../support/http-routes.ts';

const ROUTES = routesOf(anHttpHarness().app).map(
  ({ method, path }) =>
    [method, path.replace(':phone', '5583999991234').replace(':token', 'any')] as const,
);
const BROWSER_ROUTES = ROUTES.filter(([, path]) => !path.startsWith('/webhook'));

describe('createHttpApp', () => {
  it.each(BROWSER_ROUTES)('sends %s %s with the protective headers', async (method, path) => {
    const { app } = anHttpHarness();

    const { headers } = await request(app)[method](path);

    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(headers['cache-control']).toBe('no-store');
  });

  it.each(ROUTES)('sends %s %s without naming its framework', async (method, path) => {
    const { app } = anHttpHarness();

    const { headers } = await request(app)[method](path);

    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('etag');
    expect(headers).not.toHaveProperty('server');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each(ROUTES)('gives %s %s a request id', async (method, path) => {
    const { app } = anHttpHarness();

    const first = await request(app)[method](path);
    const second = await request(app)[method](path);

    expect(first.headers['x-request-id']).toMatch(/^[\w-]{8,64}$/u);
    expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
  });

  it.each(ROUTES)("keeps the caller's request id on %s %s", async (method, path) => {
    const { app } = anHttpHarness();

    const response = await request(app)[method](path).set('X-Request-Id', 'proxy-0123456789');

    expect(response.headers['x-request-id']).toBe('proxy-0123456789');
  });

  it.each(['short', 'a'.repeat(65), 'with space in it', '{"level":"error"}'])(
    'replaces the request id "%s"',
    async (id) => {
      const { app } = anHttpHarness();

      const response = await request(app).get('/health').set('X-Request-Id', id);

      expect(response.headers['x-request-id']).toMatch(/^[\w-]{8,64}$/u);
      expect(response.headers['x-request-id']).not.toBe(id);
    },
  );

  it.each(BROWSER_ROUTES)('refuses other methods than %s on %s with 405', async (method, path) => {
    const { app } = anHttpHarness();
    const others = ['get', 'post', 'put', 'patch', 'delete', 'options'] as const;

    const responses = [];
    for (const other of others.filter((name) => name !== method)) {
      responses.push(await request(app)[other](path));
    }

    expect(responses.map(({ status }) => status)).toEqual([405, 405, 405, 405, 405]);
    const allow = method === 'get' ? 'GET, HEAD' : 'POST';
    expect(responses.map(({ headers }) => headers['allow'] as unknown)).toEqual([
      allow,
      allow,
      allow,
      allow,
      allow,
    ]);
  });

  it('answers HEAD without a body', async () => {
    const { app } = anHttpHarness();

    const response = await request(app).head('/health');

    expect(response.status).toBe(200);
    expect(response.text).toBeFalsy();
  });

  it.each(['/', '/webhook/a/b', '/reset-conversation', '/%00', '/../etc/passwd', '/__proto__'])(
    'answers %s with a 404 problem',
    async (path) => {
      const { app } = anHttpHarness();

      const response = await request(app).get(path);

      expect(response.status).toBe(404);
      expect(response.headers['content-type']).toMatch(/^application\/problem\+json/u);
      expect(response.body).toEqual({
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        detail: 'There is no such route. GET /openapi.json lists them all.',
        request_id: response.headers['x-request-id'],
      });
    },
  );

  it('shows nothing of an unexpected error, and logs its name and place under the request id', async () => {
    const { app, ports, logger } = anHttpHarness();
    ports.reportConversations.answers(() => Promise.reject(new TypeError('canary 5583999991234')));

    const response = await request(app).get('/conversation-stats');

    expect(response.status).toBe(500);
    expect(response.body).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      detail: 'Something went wrong here. The log has more under this request id.',
      request_id: response.headers['x-request-id'],
    });
    expect(logger.entries).toMatchObject([
      {
        level: 'error',
        event: 'request failed unexpectedly',
        fields: { requestId: response.headers['x-request-id'], error: 'TypeError' },
      },
    ]);
    expect(logger.text()).toContain('create-http-app.test.ts');
    expect(logger.text()).not.toContain('canary');
  });

  it("does not pass an outside service's status on as its own", async () => {
    const { app, ports } = anHttpHarness();
    ports.checkGateway.answers(() =>
      Promise.reject(Object.assign(new Error('token canary refused'), { status: 401 })),
    );

    const response = await request(app).get('/mega-status');

    expect(response.status).toBe(500);
    expect(response.text).not.toContain('canary');
  });

  it('survives a thrown value that is no error', async () => {
    const { app, ports, logger } = anHttpHarness();
    ports.previewKnowledge.answers(() => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- a library may do so
      throw 'canary';
    });

    const response = await request(app).get('/context/preview');

    expect(response.status).toBe(500);
    expect(logger.entries[0]?.fields['error']).toBe('string');
  });
});
