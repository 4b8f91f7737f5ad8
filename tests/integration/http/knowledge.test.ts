import { describe, expect, it } from '@jest/globals';
import request from 'supertest';

import { A_SNAPSHOT, anHttpHarness } from '../../support/http-harness.ts';

describe('POST /reload-context', () => {
  it('reports what is served now and what was skipped', async () => {
    const { app, ports } = anHttpHarness();

    const response = await request(app).post('/reload-context');

    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      status: 'ok',
      context_len: 32,
      version: 'v-1a2b',
      documents: 5,
      passages: 40,
      files_skipped: [{ file: 'foto.txt', reason: 'não é um arquivo de texto' }],
      changed: true,
    });
    expect(ports.reloadKnowledge.calls).toEqual([['request']]);
  });

  it('answers 500 when it failed, and tells that the old version is still served', async () => {
    const { app, ports } = anHttpHarness();
    ports.reloadKnowledge.answers(() =>
      Promise.resolve({ snapshot: A_SNAPSHOT, changed: false, failure: 'the folder is gone' }),
    );

    const response = await request(app).post('/reload-context');

    expect(response.status).toBe(500);
    expect(response.body).toMatchObject({
      status: 500,
      version: 'v-1a2b',
      context_len: 32,
      detail:
        'The knowledge was not reloaded: the folder is gone. What was served before is still served.',
    });
  });
});

describe('GET /context/preview', () => {
  it.each([
    ['', 1_500],
    ['?n=0', 0],
    ['?n=1000', 1_000],
    ['?n=8000', 8_000],
  ])('shows the beginning for "%s"', async (query, length) => {
    const { app, ports } = anHttpHarness();

    const response = await request(app).get(`/context/preview${query}`);

    expect(response.status).toBe(200);
    expect(response.body).toEqual({ preview: '=== cursos.txt ===', len: 33, version: 'v-1a2b' });
    expect(ports.previewKnowledge.calls).toEqual([[length]]);
  });

  it.each(['8001', '-1', '1.5', '1e3', 'abc', '', '99999999999999999999', '5&n=6'])(
    'refuses n=%s with 400 and names n',
    async (n) => {
      const { app, ports } = anHttpHarness();

      const response = await request(app).get(`/context/preview?n=${n}`);

      expect(response.status).toBe(400);
      expect(response.body).toMatchObject({
        errors: [{ field: 'n', message: 'must be a whole number from 0 to 8000' }],
      });
      expect(ports.previewKnowledge.calls).toEqual([]);
    },
  );
});
