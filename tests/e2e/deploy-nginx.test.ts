import { once } from 'node:events';
import { type IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openApiDocument } from '../../src/adapters/inbound/http/openapi.ts';
import { describeWith } from '../support/describe-with.ts';
import { answer, resetAfterReading } from '../support/loopback-scripts.ts';
import { LoopbackServer, type Script } from '../support/loopback-server.ts';
import { NGINX, NginxSite } from '../support/nginx-site.ts';
import { eventually } from '../support/polling.ts';
import { freePort } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeCertificate, withTls } from '../support/tls-site.ts';

describeWith(NGINX, 'deploy/nginx/whatsapp-agent.conf, serving', (binary) => {
  const scripts: Script[] = [];
  let service: LoopbackServer;
  let nginx: NginxSite;

  beforeAll(async () => {
    service = await LoopbackServer.start(() => scripts.shift() ?? answer(200, { status: 'ok' }));
    nginx = await NginxSite.prepare(binary, { upstreamPort: Number(new URL(service.url).port) });
    await nginx.start();
  });

  afterAll(async () => {
    await nginx.close();
    await service.close();
  });

  function post(
    path: string,
    body: string,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(nginx.url + path, { method: 'POST', body, headers });
  }

  describe('proxying', () => {
    it('hands method, path, query and body on as they came', async () => {
      await post('/webhook/abc?x=%20y', '{"a":"ç"}');

      expect(service.requests.at(-1)).toMatchObject({
        method: 'POST',
        path: '/webhook/abc?x=%20y',
        body: '{"a":"ç"}',
      });
    });

    it('replaces what a caller claims about where it comes from', async () => {
      await post('/reload-context', '', {
        'x-forwarded-for': '203.0.113.7',
        'x-real-ip': '203.0.113.7',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        forwarded: 'for=203.0.113.7',
      });

      const { headers } = service.requests.at(-1) ?? { headers: {} };

      expect(headers).toMatchObject({
        'x-forwarded-for': '127.0.0.1',
        'x-real-ip': '127.0.0.1',
        'x-forwarded-host': '127.0.0.1',
        'x-forwarded-proto': 'http',
      });
      expect(headers).not.toHaveProperty('forwarded');
    });

    it('never hands the same message on twice', async () => {
      const before = service.requests.length;
      scripts.push(resetAfterReading());

      const response = await post('/webhook/abc', '{}');

      expect(response.status).toBe(502);
      expect(service.requests.length - before).toBe(1);
    });

    it('stops a body over 256 kB before the service sees it', async () => {
      const before = service.requests.length;

      const fits = await post('/webhook/abc', 'x'.repeat(262_144));
      const isTooBig = await post('/webhook/abc', 'x'.repeat(262_145));

      expect([fits.status, isTooBig.status]).toEqual([200, 413]);
      expect(service.requests.length - before).toBe(1);
    });
  });

  it.each(['/metrics', '/metrics/', '/Metrics', '//metrics?x=1', '/%6detrics'])(
    'keeps %s from everybody outside',
    async (path) => {
      const before = service.requests.length;

      const response = await fetch(nginx.url + path);

      expect(response.status).toBe(404);
      expect(service.requests.length).toBe(before);
    },
  );

  describe('logging', () => {
    it('writes down neither the webhook’s token, in whatever spelling, nor a phone number', async () => {
      scripts.push(resetAfterReading());
      await post('/webhook/canary-token', '{}');
      await post('/WebHook/canary-token', '{}');
      await post('//webhook/canary-token', '{}');
      await post('/webhook?token=canary-token', '{}');
      await post('/webhookcanary-token', '{}');
      await post('/webhook-canary-token/x', '{}');
      await post('/canary-token', '{}');
      await post('/reset-conversation/5583988887777', '');
      await fetch(`${nginx.url}/conversation-stats?full=5583988887777`);

      const logs = await eventually('the last request to be written down', async () => {
        const text = await nginx.logs();
        return text.includes('/conversation-stats') ? text : undefined;
      });

      expect(logs).not.toContain('canary-token');
      expect(logs).not.toContain('8888');
      expect(logs).toMatch(/POST \/webhook 502 .*upstream=502/u);
      expect(logs).toMatch(/POST \/reset-conversation 200 /u);
      expect(logs.match(/POST \(unknown\) 200 /gu)).toHaveLength(3);
    });

    it('names the first part of every route', async () => {
      const routes = Object.keys(openApiDocument('0').paths);
      const firsts = [...new Set(routes.map((path) => `/${path.split('/')[1] ?? ''}`))];
      for (const path of firsts) await fetch(nginx.url + path);
      await fetch(`${nginx.url}/the-end`);

      const logs = await eventually('the last request to be written down', async () => {
        const text = await nginx.logs();
        return text.includes('GET (unknown)') ? text : undefined;
      });

      const expected = firsts.map((path) => `GET ${path} ${path === '/metrics' ? 404 : 200}`);
      expect(expected.filter((line) => !logs.includes(line))).toEqual([]);
    });
  });

  it('does not tell its version', async () => {
    const response = await fetch(`${nginx.url}/health`);

    expect(response.headers.get('server')).toBe('nginx');
  });
});

describeWith(NGINX, 'deploy/nginx/whatsapp-agent.conf, serving with TLS', (binary) => {
  const { folder, remove } = temporaryFolder();
  let service: LoopbackServer;
  let nginx: NginxSite;
  let tlsPort: number;

  beforeAll(async () => {
    makeCertificate(folder);
    tlsPort = await freePort();
    service = await LoopbackServer.start(() => answer(200, { status: 'ok' }));
    nginx = await NginxSite.prepare(binary, {
      upstreamPort: Number(new URL(service.url).port),
      edit: (site) => withTls(site, folder, tlsPort),
    });
    await nginx.start();
  });

  afterAll(async () => {
    await nginx.close();
    await service.close();
    remove();
  });

  async function overTls(path: string): Promise<number | undefined> {
    const options = { host: '127.0.0.1', port: tlsPort, path, rejectUnauthorized: false };
    const [response] = (await once(get(options), 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  }

  it.each(['/conversation-stats', '/send-message', '/', '/HEALTH', '/healthy'])(
    'refuses %s in the clear, where a token would be read by others',
    async (path) => {
      const plain = await fetch(nginx.url + path, { headers: { authorization: 'Bearer x' } });

      expect(plain.status).toBe(403);
      expect(await overTls(path)).toBe(200);
    },
  );

  it.each(['/webhook', '/webhook/abc', '/health', '/health/ready'])(
    'serves %s both ways',
    async (path) => {
      const plain = await fetch(nginx.url + path);

      expect([plain.status, await overTls(path)]).toEqual([200, 200]);
    },
  );
});
