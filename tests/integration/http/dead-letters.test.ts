import { describe, expect, it } from '@jest/globals';
import request from 'supertest';

import { type DeadLetterListing } from '../../../src/application/ports/inbound/list-dead-letters.ts';
import { type ContactId } from '../../../src/domain/contact.ts';
import { type DeadLetter } from '../../../src/domain/dead-letter.ts';
import { anHttpHarness } from '../../support/http-harness.ts';

const HELD: DeadLetter = {
  kind: 'reply',
  id: 12,
  state: 'held',
  contactId: 17 as ContactId,
  number: '5583999991234',
  text: 'O curso custa R$ 350,00.',
  error: 'HTTP 502',
  since: Date.UTC(2026, 8, 15, 12),
};
const TURN: DeadLetter = {
  kind: 'turn',
  id: 7,
  state: 'failed',
  contactId: 18 as ContactId,
  number: '129876543210@lid',
  text: 'Quanto custa?',
  since: Date.UTC(2026, 8, 15, 11),
};
const LISTING: DeadLetterListing = { total: 3, letters: [HELD, TURN], hasMore: true };

describe('GET /dead-letters', () => {
  it('lists them with masked numbers, without texts, and says where the next page begins', async () => {
    const { app, ports } = anHttpHarness();
    ports.listDeadLetters.answers(() => Promise.resolve(LISTING));

    const response = await request(app).get('/dead-letters');

    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      total: 3,
      dead_letters: [
        {
          id: 'reply-12',
          kind: 'reply',
          state: 'held',
          contact: '55*******1234',
          contact_id: 17,
          reason: 'não se sabe se a resposta chegou: confira na conversa',
          error: 'HTTP 502',
          since: '2026-09-15T12:00:00.000Z',
        },
        {
          id: 'turn-7',
          kind: 'turn',
          state: 'failed',
          contact: expect.not.stringContaining('129876543210') as unknown,
          contact_id: 18,
          reason: 'a IA não conseguiu responder',
          error: null,
          since: '2026-09-15T11:00:00.000Z',
        },
      ],
      next_cursor: '1789470000000.turn-7',
    });
    expect(ports.listDeadLetters.calls).toEqual([[{ limit: 50 }]]);
  });

  it('shows numbers and texts to who asks for them', async () => {
    const { app, ports } = anHttpHarness();
    ports.listDeadLetters.answers(() => Promise.resolve({ ...LISTING, hasMore: false }));

    const response = await request(app).get('/dead-letters?full=1');

    expect(response.body).toMatchObject({
      dead_letters: [
        { contact: '5583999991234', text: 'O curso custa R$ 350,00.' },
        { contact: '129876543210@lid', text: 'Quanto custa?' },
      ],
      next_cursor: null,
    });
  });

  it('goes on where the page before ended', async () => {
    const { app, ports } = anHttpHarness();

    await request(app).get('/dead-letters?limit=5&cursor=1789470000000.turn-7');

    expect(ports.listDeadLetters.calls).toEqual([
      [{ limit: 5, after: { since: 1_789_470_000_000, kind: 'turn', id: 7 } }],
    ]);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=muitos', 'limit'],
    ['cursor=turn-7', 'cursor'],
    ['cursor=5.turn-0', 'cursor'],
    ['cursor=1.turn-1&cursor=2.turn-2', 'cursor'],
  ])('refuses ?%s with 400 and names %s', async (query, field) => {
    const { app, ports } = anHttpHarness();

    const response = await request(app).get(`/dead-letters?${query}`);

    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ errors: [{ field }] });
    expect(ports.listDeadLetters.calls).toEqual([]);
  });
});

describe('POST /dead-letters/:id/retry', () => {
  it.each([
    ['turn-7', { kind: 'turn', id: 7 }],
    ['reply-12', { kind: 'reply', id: 12 }],
  ])('retries %s', async (id, letter) => {
    const { app, ports } = anHttpHarness();

    const response = await request(app).post(`/dead-letters/${id}/retry`);

    expect(response.status).toBe(200);
    expect(response.body).toEqual({ status: 'retried', id, contact_id: 17 });
    expect(ports.retryDeadLetter.calls).toEqual([[letter]]);
  });

  it('answers 404 for one that is not there, or not any more', async () => {
    const { app, ports } = anHttpHarness();
    ports.retryDeadLetter.answers(() => Promise.resolve({ status: 'unknown' }));

    const response = await request(app).post('/dead-letters/reply-12/retry');

    expect(response.status).toBe(404);
    expect(response.type).toBe('application/problem+json');
  });

  it('answers 409 while a person has the conversation, and says how to go on', async () => {
    const { app, ports } = anHttpHarness();
    ports.retryDeadLetter.answers(() =>
      Promise.resolve({ status: 'taken_over', contactId: 17 as ContactId }),
    );

    const response = await request(app).post('/dead-letters/reply-12/retry');

    expect(response.status).toBe(409);
    expect(response.text).toContain('/conversations/17/resume');
  });
});

describe('POST /dead-letters/:id/dismiss', () => {
  it('dismisses it', async () => {
    const { app, ports } = anHttpHarness();

    const response = await request(app).post('/dead-letters/turn-7/dismiss');

    expect(response.status).toBe(200);
    expect(response.body).toEqual({ status: 'dismissed', id: 'turn-7', contact_id: 17 });
    expect(ports.dismissDeadLetter.calls).toEqual([[{ kind: 'turn', id: 7 }]]);
  });

  it('answers 404 for one that is not there, or not any more', async () => {
    const { app, ports } = anHttpHarness();
    ports.dismissDeadLetter.answers(() => Promise.resolve(undefined));

    expect((await request(app).post('/dead-letters/turn-7/dismiss')).status).toBe(404);
  });
});

describe.each(['retry', 'dismiss'])('POST /dead-letters/:id/%s', (action) => {
  it.each(['7', 'turn-0', 'turn-07', 'reply-', 'echo-7', 'turn-1234567890123456'])(
    'refuses %s with 400 and names id',
    async (id) => {
      const { app, ports } = anHttpHarness();

      const response = await request(app).post(`/dead-letters/${id}/${action}`);

      expect(response.status).toBe(400);
      expect(response.body).toMatchObject({ errors: [{ field: 'id' }] });
      expect([...ports.retryDeadLetter.calls, ...ports.dismissDeadLetter.calls]).toEqual([]);
    },
  );
});
