import { describe, expect, it } from '@jest/globals';
import request from 'supertest';

import { type ConversationSummary } from '../../../src/application/ports/outbound/conversation-store.ts';
import { type ContactId } from '../../../src/domain/contact.ts';
import { anHttpHarness } from '../../support/http-harness.ts';

const MARIA: ConversationSummary = {
  contactId: 17 as ContactId,
  number: '5583999991234',
  messages: 4,
};
const ANA: ConversationSummary = {
  contactId: 18 as ContactId,
  number: '5511988881234',
  messages: 3,
  person: { reason: 'the model failed', since: Date.UTC(2026, 8, 15, 12) },
};
const RUI: ConversationSummary = {
  contactId: 19 as ContactId,
  number: '351912345678',
  messages: 0,
  person: { reason: 'too many replies', since: Date.UTC(2026, 8, 15, 13) },
};

describe('POST /reset-conversation/:phone', () => {
  it.each([
    ['5583999991234', '5583999991234@s.whatsapp.net', '5583999991234'],
    ['+55%2083%209%209999-1234', '5583999991234@s.whatsapp.net', '5583999991234'],
    ['129876543210@lid', '129876543210@lid', '129876543210@lid'],
  ])('forgets what was said with %s', async (typed, jid, phone) => {
    const { app, ports } = anHttpHarness();

    const response = await request(app).post(`/reset-conversation/${typed}`);

    expect(response.status).toBe(200);
    expect(response.body).toEqual({ status: 'reset', phone });
    expect(ports.resetConversation.calls).toEqual([[jid]]);
  });

  it('says reset of a contact that nobody knows, too', async () => {
    const { app, ports } = anHttpHarness();
    ports.resetConversation.answers(() => Promise.resolve(false));

    const response = await request(app).post('/reset-conversation/5583999991234');

    expect(response.status).toBe(200);
    expect(response.body).toEqual({ status: 'reset', phone: '5583999991234' });
  });

  it.each(['maria', '123', '120363041234567890@g.us', "1'%20OR%201=1"])(
    'refuses %s with 400 and names phone',
    async (typed) => {
      const { app, ports } = anHttpHarness();

      const response = await request(app).post(`/reset-conversation/${typed}`);

      expect(response.status).toBe(400);
      expect(response.body).toMatchObject({ errors: [{ field: 'phone' }] });
      expect(ports.resetConversation.calls).toEqual([]);
    },
  );

  it('refuses a malformed URL with 400', async () => {
    const { app } = anHttpHarness();

    const response = await request(app).post('/reset-conversation/%E0%A4%A');

    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ detail: 'The URL is malformed.' });
  });
});

describe('GET /conversation-stats', () => {
  it('shows masked numbers, and who waits for a person', async () => {
    const { app, ports } = anHttpHarness();
    ports.reportConversations.answers(() => Promise.resolve([MARIA, ANA, RUI]));

    const response = await request(app).get('/conversation-stats');

    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      active_conversations: 2,
      total_messages: 7,
      history_window: 12,
      conversations: { '55*******1234 #17': 4, '55*******1234 #18': 3 },
      waiting_for_person: [
        {
          contact: '55*******1234 #18',
          reason: 'the model failed',
          since: '2026-09-15T12:00:00.000Z',
        },
        { contact: '35******5678', reason: 'too many replies', since: '2026-09-15T13:00:00.000Z' },
      ],
      paused: [],
    });
  });

  it('lists the contacts for which the agent is paused', async () => {
    const { app, ports } = anHttpHarness();
    const until = Date.UTC(2026, 8, 15, 14);
    ports.reportConversations.answers(() =>
      Promise.resolve([
        { ...MARIA, pause: { by: 'person', until } },
        { ...RUI, pause: { by: 'word' } },
      ]),
    );

    const response = await request(app).get('/conversation-stats');

    expect(response.body).toMatchObject({
      paused: [
        { contact: '55*******1234', id: 17, by: 'person', until: '2026-09-15T14:00:00.000Z' },
        { contact: '35******5678', id: 19, by: 'word', until: null },
      ],
    });
  });

  it('shows the numbers in full when asked', async () => {
    const { app, ports } = anHttpHarness();
    ports.reportConversations.answers(() => Promise.resolve([MARIA, ANA]));

    const response = await request(app).get('/conversation-stats?full=1');

    expect(response.body).toMatchObject({
      conversations: { '5583999991234': 4, '5511988881234': 3 },
      waiting_for_person: [{ contact: '5511988881234' }],
    });
  });

  it.each(['?full=0', '?full=', '?full=yes', '?full=1&full=1'])(
    'keeps the numbers masked for %s',
    async (query) => {
      const { app, ports } = anHttpHarness();
      ports.reportConversations.answers(() => Promise.resolve([MARIA]));

      const response = await request(app).get(`/conversation-stats${query}`);

      expect(response.body).toMatchObject({ conversations: { '55*******1234': 4 } });
    },
  );

  it('shows an empty house as such', async () => {
    const { app } = anHttpHarness();

    const response = await request(app).get('/conversation-stats');

    expect(response.body).toEqual({
      active_conversations: 0,
      total_messages: 0,
      history_window: 12,
      conversations: {},
      waiting_for_person: [],
      paused: [],
    });
  });
});
