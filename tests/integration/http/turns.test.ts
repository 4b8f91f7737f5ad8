import { describe, expect, it } from '@jest/globals';
import request from 'supertest';

import { type EndedTurn } from '../../../src/application/ports/outbound/conversation-store.ts';
import { type ContactId } from '../../../src/domain/contact.ts';
import { anHttpHarness } from '../../support/http-harness.ts';

const TURN: EndedTurn = {
  turnId: 7,
  contactId: 17 as ContactId,
  number: '5583999991234',
  endedAt: Date.UTC(2026, 8, 15, 12),
  outcome: 'withheld',
  record: {
    model: 'gpt-4o',
    verdict: 'withheld',
    passages: [{ id: 'excel.txt#1', score: 2.5 }],
    facts: [
      { kind: 'money', value: 'BRL:29700', text: 'R$ 297,00', source: 'excel.txt#1' },
      { kind: 'digits', value: '83977776666', text: '83 97777-6666', offence: 'not_found' },
    ],
  },
};

describe('GET /turns', () => {
  it('shows what an answer stated and where it stands, without numbers', async () => {
    const { app, ports } = anHttpHarness();
    ports.listTurns.answers(() => Promise.resolve([TURN]));

    const response = await request(app).get('/turns');

    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({
      turns: [
        {
          id: 7,
          contact_id: 17,
          contact: '55*******1234',
          ended_at: '2026-09-15T12:00:00.000Z',
          outcome: 'withheld',
          verdict: 'withheld',
          facts: [
            { kind: 'money', text: 'R$ 297,00', source: 'excel.txt#1', offence: null },
            { kind: 'digits', text: '***', source: null, offence: 'not_found' },
          ],
          passages: [{ id: 'excel.txt#1', score: 2.5 }],
        },
      ],
    });
    expect(response.text).not.toContain('97777');
    expect(ports.listTurns.calls).toEqual([[{ limit: 20 }]]);
  });

  it('shows numbers where they are asked for', async () => {
    const { app, ports } = anHttpHarness();
    ports.listTurns.answers(() => Promise.resolve([TURN]));

    const response = await request(app).get('/turns?full=1&limit=5&contact=17&verdict=withheld');

    expect(response.text).toContain('83 97777-6666');
    expect(response.text).toContain('5583999991234');
    expect(ports.listTurns.calls).toEqual([[{ limit: 5, contactId: 17, verdict: 'withheld' }]]);
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'contact=-1', 'verdict=good'])(
    'refuses %s',
    async (query) => {
      const { app, ports } = anHttpHarness();

      const response = await request(app).get(`/turns?${query}`);

      expect(response.status).toBe(400);
      expect(ports.listTurns.calls).toEqual([]);
    },
  );
});
