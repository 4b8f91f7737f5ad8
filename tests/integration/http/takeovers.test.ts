import { describe, expect, it } from '@jest/globals';
import request from 'supertest';

import { type ContactId } from '../../../src/domain/contact.ts';
import { anHttpHarness } from '../../support/http-harness.ts';

const STRANGER = () => Promise.resolve(undefined);

describe('POST /conversations/:id/pause', () => {
  it.each([
    ['17', 17],
    ['5583999991234', { phone: '5583999991234@s.whatsapp.net' }],
    ['129876543210@lid', { lid: '129876543210@lid' }],
  ])('pauses the agent for %s until it is resumed', async (typed, reference) => {
    const { app, ports } = anHttpHarness();

    const response = await request(app).post(`/conversations/${typed}/pause`);

    expect(response.status).toBe(200);
    expect(response.body).toEqual({ status: 'paused', contact_id: 17, until: null });
    expect(ports.takeOverConversation.calls).toEqual([[reference, undefined]]);
  });

  it('pauses for the minutes asked for', async () => {
    const { app, ports } = anHttpHarness();
    const pause = { by: 'request', until: Date.UTC(2026, 8, 15, 12) } as const;
    ports.takeOverConversation.answers(() =>
      Promise.resolve({ contactId: 17 as ContactId, pause }),
    );

    const response = await request(app).post('/conversations/17/pause').send({ minutes: 1.5 });

    expect(response.body).toMatchObject({ status: 'paused', until: '2026-09-15T12:00:00.000Z' });
    expect(ports.takeOverConversation.calls).toEqual([[17, 90_000]]);
  });

  it.each([
    [{ minutes: 0 }, 'minutes'],
    [{ minutes: -5 }, 'minutes'],
    [{ minutes: '30' }, 'minutes'],
    [{ minutes: 525_601 }, 'minutes'],
    [{ minute: 30 }, 'body'],
    [[], 'body'],
  ])('refuses %j with 400 and names %s', async (body, field) => {
    const { app, ports } = anHttpHarness();

    const response = await request(app).post('/conversations/17/pause').send(body);

    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ errors: [{ field }] });
    expect(ports.takeOverConversation.calls).toEqual([]);
  });

  it.each(['maria', '0', '120363041234567890@g.us'])(
    'refuses %s with 400 and names id',
    async (typed) => {
      const { app, ports } = anHttpHarness();

      const response = await request(app).post(`/conversations/${typed}/pause`);

      expect(response.status).toBe(400);
      expect(response.body).toMatchObject({ errors: [{ field: 'id' }] });
      expect(ports.takeOverConversation.calls).toEqual([]);
    },
  );

  it('answers 404 for a contact that nobody knows, without naming it', async () => {
    const { app, ports } = anHttpHarness();
    ports.takeOverConversation.answers(STRANGER);

    const response = await request(app).post('/conversations/5583999991234/pause');

    expect(response.status).toBe(404);
    expect(response.type).toBe('application/problem+json');
    expect(response.text).not.toContain('5583999991234');
  });
});

describe('POST /conversations/:id/resume', () => {
  it('lets the agent answer again', async () => {
    const { app, ports } = anHttpHarness();

    const response = await request(app).post('/conversations/5583999991234/resume');

    expect(response.status).toBe(200);
    expect(response.body).toEqual({ status: 'resumed', contact_id: 17 });
    expect(ports.resumeConversation.calls).toEqual([[{ phone: '5583999991234@s.whatsapp.net' }]]);
  });

  it('refuses what cannot be a contact with 400 and names id', async () => {
    const { app } = anHttpHarness();

    const response = await request(app).post('/conversations/maria/resume');

    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ errors: [{ field: 'id' }] });
  });

  it('answers 404 for a contact that nobody knows', async () => {
    const { app, ports } = anHttpHarness();
    ports.resumeConversation.answers(STRANGER);

    const response = await request(app).post('/conversations/17/resume');

    expect(response.status).toBe(404);
  });
});
