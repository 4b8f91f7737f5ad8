import { describe, expect, it } from '@jest/globals';
import request from 'supertest';

import { anHttpHarness } from '../../support/http-harness.ts';
import { routesOf } from '../../support/http-routes.ts';

interface ServedDocument {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly security?: readonly unknown[] }>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

async function servedDocument(): Promise<ServedDocument> {
  const { app } = anHttpHarness();
  const response = await request(app).get('/openapi.json');
  return response.body as ServedDocument;
}

describe('GET /openapi.json', () => {
  it('describes exactly the routes that there are', async () => {
    const routes = routesOf(anHttpHarness().app).map(
      ({ method, path }) => `${method} ${path.replace(/:(\w+)/gu, '{$1}')}`,
    );

    const { paths } = await servedDocument();

    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    expect(routes).toHaveLength(22);
    expect(described.sort()).toEqual([...routes].sort());
  });

  it('is of version 3.1 and carries the version of the service', async () => {
    const { openapi, info } = await servedDocument();

    expect([openapi, info.version]).toEqual(['3.1.0', '3.0.0']);
  });

  it('refers only to schemas that it holds', async () => {
    const document = await servedDocument();

    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/gu);
    const names = [...new Set(Array.from(references, ([, name = '']) => name))];

    expect(names.sort()).toEqual(Object.keys(document.components.schemas).sort());
  });

  it('leaves open to anybody only health and the webhook, whose token is in the path', async () => {
    const { paths } = await servedDocument();

    const open = Object.entries(paths)
      .filter(([, operations]) =>
        Object.values(operations).some((one) => one.security?.length === 0),
      )
      .map(([path]) => path);

    expect(open).toEqual(['/webhook/{token}', '/health', '/health/live', '/health/ready']);
  });
});
