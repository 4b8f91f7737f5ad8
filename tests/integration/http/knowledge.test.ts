import { describe, expect, it } from '@jest/globals';
import request from 'supertest';

import { type FoundKnowledge } from '../../../src/application/ports/inbound/search-knowledge.ts';
import { aPassage } from '../../builders/a-passage.ts';
import { NO_QUESTIONS } from '../../../src/domain/knowledge/golden-report.ts';
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
      questions: { checked: 0, failed: 0, failures: [], mistakes: [] },
      changed: true,
    });
    expect(ports.reloadKnowledge.calls).toEqual([['request']]);
  });

  it('answers 500 when it failed, and tells that the old version is still served', async () => {
    const { app, ports } = anHttpHarness();
    ports.reloadKnowledge.answers(() =>
      Promise.resolve({
        snapshot: A_SNAPSHOT,
        changed: false,
        failure: 'the folder is gone',
        golden: NO_QUESTIONS,
      }),
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

describe('POST /reload-context with golden questions', () => {
  const failures = [
    { file: 'a.perguntas.txt', line: 2, message: 'a pergunta "Quanto?" devia ...' },
  ];
  const mistakes = [{ file: 'b.perguntas.txt', message: 'não há nenhuma pergunta aqui' }];

  it('answers 409 when they keep the change from being served, and tells which', async () => {
    const { app, ports } = anHttpHarness();
    const golden = { questions: 7, failed: 1, failures, mistakes, refused: true };
    ports.reloadKnowledge.answers(() =>
      Promise.resolve({ snapshot: A_SNAPSHOT, changed: false, refused: true, golden }),
    );

    const response = await request(app).post('/reload-context');

    expect(response.status).toBe(409);
    expect(response.body).toMatchObject({
      status: 409,
      detail: 'The change is not served: golden questions fail that passed before.',
      version: 'v-1a2b',
      context_len: 32,
      questions: { checked: 7, failed: 1, failures, mistakes },
    });
  });

  it('answers 200 and tells which fail where the change is served all the same', async () => {
    const { app, ports } = anHttpHarness();
    const golden = { questions: 7, failed: 1, failures, mistakes, refused: false };
    ports.reloadKnowledge.answers(() =>
      Promise.resolve({ snapshot: A_SNAPSHOT, changed: true, golden }),
    );

    const response = await request(app).post('/reload-context');

    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({
      status: 'ok',
      questions: { checked: 7, failed: 1, failures, mistakes },
    });
  });
});

describe('GET /context/health', () => {
  it('shows what the owner should look at, and what the golden questions found', async () => {
    const { app, ports } = anHttpHarness();
    const notice = {
      kind: 'past_date',
      file: 'a.txt',
      line: 3,
      message: '01/02/2026 já passou',
    } as const;
    const golden = { ...NO_QUESTIONS, questions: 4, refused: true };
    const unanswered = { days: 30, count: 2, questions: [{ question: 'Entregam?', count: 2 }] };
    ports.inspectKnowledge.answers(() =>
      Promise.resolve({ version: 'v-1a2b', notices: [notice], golden, unanswered }),
    );

    const response = await request(app).get('/context/health');

    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      version: 'v-1a2b',
      notices: [notice],
      questions: { checked: 4, failed: 0, failures: [], mistakes: [], refused: true },
      unanswered,
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

describe('GET /context/search', () => {
  const FOUND: FoundKnowledge = {
    version: 'v-1a2b',
    whole: true,
    passages: [
      {
        ...aPassage({ id: 'b.txt#1', document: 'b.txt', title: 'Banho', section: 'PREÇOS' }),
        score: 0.84491,
        excerpt: 'Banho: R$ 55,00',
      },
    ],
    words: [
      {
        word: 'bahno',
        meant: [{ word: 'banho', term: 'banh', weight: 1, origin: 'spelling' }],
        near: [{ word: 'lavagem', term: 'lavag', weight: 0.12345, origin: 'synonym' }],
      },
    ],
  };

  it('shows what was found, what was looked for and why', async () => {
    const { app, ports } = anHttpHarness();
    ports.searchKnowledge.answers(() => Promise.resolve(FOUND));

    const response = await request(app).get('/context/search').query({ q: ' bahno? ', k: '3' });

    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      query: 'bahno?',
      version: 'v-1a2b',
      whole_corpus_fits: true,
      passages: [
        {
          id: 'b.txt#1',
          file: 'b.txt',
          title: 'Banho',
          section: 'PREÇOS',
          score: 0.845,
          excerpt: 'Banho: R$ 55,00',
        },
      ],
      words: [
        {
          word: 'bahno',
          meant: [{ word: 'banho', term: 'banh', weight: 1, origin: 'spelling' }],
          near: [{ word: 'lavagem', term: 'lavag', weight: 0.123, origin: 'synonym' }],
        },
      ],
    });
    expect(ports.searchKnowledge.calls).toEqual([['bahno?', 3]]);
  });

  it('shows eight where nothing is said', async () => {
    const { app, ports } = anHttpHarness();

    await request(app).get('/context/search?q=banho');

    expect(ports.searchKnowledge.calls).toEqual([['banho', 8]]);
  });

  it.each([
    ['', ['q']],
    ['?q=', ['q']],
    ['?q=+', ['q']],
    ['?q=a&q=b', ['q']],
    [`?q=${'a'.repeat(4_001)}`, ['q']],
    ['?q=a&k=0', ['k']],
    ['?q=a&k=41', ['k']],
    ['?q=a&k=x', ['k']],
    ['?k=', ['q', 'k']],
  ])('refuses "%s" with 400 and names what is wrong', async (query, fields) => {
    const { app, ports } = anHttpHarness();

    const response = await request(app).get(`/context/search${query}`);

    const { errors } = response.body as { readonly errors: readonly { field: string }[] };
    expect([response.status, errors.map(({ field }) => field)]).toEqual([400, fields]);
    expect(ports.searchKnowledge.calls).toEqual([]);
  });

  it("is the admin's alone", async () => {
    const { app, ports } = anHttpHarness({ adminToken: 'a-token-of-the-admin' });

    const response = await request(app).get('/context/search?q=banho');

    expect([response.status, ports.searchKnowledge.calls]).toEqual([401, []]);
  });
});
