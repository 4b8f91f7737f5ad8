import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';

import { type Store } from '../../../src/application/ports/outbound/store.ts';
import { type Jid } from '../../../src/domain/contact.ts';
import { aTurnResult } from '../../builders/a-turn-result.ts';
import { anArrivalBatch } from '../../builders/an-arrival-batch.ts';
import { anIncomingMessage } from '../../builders/an-incoming-message.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';
import { describeWith } from '../../support/describe-with.ts';
import {
  POSTGRES,
  PostgresServer,
  SERVER_START_MS,
  rowsOf,
} from '../../support/postgres-server.ts';
import { openTestStore } from '../../support/postgres-store-under-test.ts';
import { receive } from '../../support/store-under-test.ts';

describeWith(POSTGRES, 'PostgresInbox', (binaries) => {
  let server: PostgresServer;
  let url: string;
  let clock: ManualStoreClock;
  let store: Store;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());
  beforeEach(async () => {
    url = await server.emptySchema();
    clock = new ManualStoreClock();
    store = await openTestStore({ url, clock });
  });
  afterEach(() => store.close());

  const rows = (sql: string): Promise<unknown[]> => rowsOf(url, sql);

  it('keeps one body for all of its messages', async () => {
    await store.inbox.add(
      anArrivalBatch(
        anIncomingMessage({ id: 'A', text: 'Oi' }),
        anIncomingMessage({ id: 'B', text: 'Quanto custa?' }),
      ),
    );

    expect(await rows(`SELECT convert_from(body, 'UTF8') AS body FROM raw_body`)).toEqual([
      { body: '{"messageType":"conversation"}' },
    ]);
    expect(await rows('SELECT raw_id::int FROM inbox')).toEqual([{ raw_id: 1 }, { raw_id: 1 }]);
  });

  it('keeps no body of which nothing is stored', async () => {
    await receive(store);
    await receive(store);

    expect(await rows('SELECT count(*)::int AS bodies FROM raw_body')).toEqual([{ bodies: 1 }]);
  });

  it('keeps everything that a later look at a message needs', async () => {
    await receive(store, {
      kind: 'audio',
      text: '',
      media: { mimetype: 'audio/ogg', seconds: 4 },
      quotedId: 'OUT-1',
      sentAt: 1_699_999_999_000,
    });

    expect(
      await rows(
        'SELECT message_key, media, quoted_id, to_jid, sent_at::float, text_hash FROM inbox',
      ),
    ).toEqual([
      {
        // The first 96 bits of SHA-256 over `loja|in|MSG-1`.
        message_key: 't9gBBQAezYn_5vmZ',
        media: '{"mimetype":"audio/ogg","seconds":4}',
        quoted_id: 'OUT-1',
        to_jid: '5583988887777@s.whatsapp.net',
        sent_at: 1_699_999_999_000,
        text_hash: null,
      },
    ]);
  });

  it('knows a message again by an id of 10 kB, and keeps the id short', async () => {
    const id = 'x'.repeat(10_000);
    await receive(store, { id });

    expect(await receive(store, { id, text: 'Oi' })).toMatchObject({ reason: 'duplicate' });
    expect(await rows('SELECT length(message_key) AS length FROM inbox')).toEqual([{ length: 16 }]);
  });

  it('takes the neighbours of a message that cannot be stored', async () => {
    const bad = { ...anIncomingMessage({ id: 'BAD' }), kind: undefined as never };

    const results = await Promise.allSettled([
      receive(store, { id: 'A', text: 'um' }),
      store.inbox.add(anArrivalBatch(bad)),
      receive(store, { id: 'B', text: 'dois' }),
    ]);

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await store.inbox.depth()).toBe(2);
  });

  it('takes one of two messages that are one, though they come at once under two addresses', async () => {
    const byLid = { chat: 'lid', identity: { lid: '123456789012345@lid' as Jid } } as const;

    const receptions = await Promise.all([receive(store), receive(store, byLid)]);

    const statuses = receptions.map(({ status }) => status).sort();
    expect(statuses).toEqual(['accepted', 'ignored']);
    expect(await rows('SELECT count(*)::int AS stored FROM inbox')).toEqual([{ stored: 1 }]);
  });

  it('makes one contact of messages that come at once and join two', async () => {
    const phone = '5583988887777@s.whatsapp.net' as Jid;
    const lid = '123456789012345@lid' as Jid;
    await receive(store, { id: 'A', text: 'um' });
    await receive(store, { id: 'B', text: 'dois', chat: 'lid', identity: { lid } });

    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        receive(store, { id: `C${index}`, text: `parte ${index}`, identity: { phone, lid } }),
      ),
    );

    expect(await rows('SELECT DISTINCT contact_id::int FROM inbox')).toEqual([{ contact_id: 1 }]);
    expect(await rows('SELECT id::int, merged_into::int FROM contact ORDER BY id')).toEqual([
      { id: 1, merged_into: null },
      { id: 2, merged_into: 1 },
    ]);
  });

  it('keeps a body that is no text', async () => {
    const body = new Uint8Array([0x00, 0xff, 0x7b]);

    await store.inbox.add({ ...anArrivalBatch(), body });

    expect(await rows(`SELECT encode(body, 'hex') AS body FROM raw_body`)).toEqual([
      { body: '00ff7b' },
    ]);
  });

  it('keeps a record of every turn', async () => {
    await receive(store);
    clock.advance(2_000);
    const [turn] = await store.inbox.claimTurns(1);
    clock.advance(1_500);
    const record = {
      model: 'gpt-4o',
      tokensIn: 1_200,
      tokensCached: 1_000,
      tokensOut: 40,
      modelMs: 1_400,
      knowledgeVersion: 'abc',
      passages: [{ id: 'cursos.txt#1', score: 2.5 }],
      facts: [
        { kind: 'money', value: 'BRL:35000', text: 'R$ 350,00', source: 'cursos.txt#1' } as const,
      ],
      verdict: 'rewritten' as const,
    };

    await store.inbox.commitTurn(turn?.lease as never, aTurnResult({ record }));

    expect(
      await rows(`SELECT outcome, model, tokens_in::int, tokens_cached::int, tokens_out::int, model_ms::int,
                         knowledge_version, passages, facts, verdict, (ended_at - started_at)::int AS took FROM turn`),
    ).toEqual([
      {
        outcome: 'answered',
        model: 'gpt-4o',
        tokens_in: 1_200,
        tokens_cached: 1_000,
        tokens_out: 40,
        model_ms: 1_400,
        knowledge_version: 'abc',
        passages: '[{"id":"cursos.txt#1","score":2.5}]',
        facts: '[{"kind":"money","value":"BRL:35000","text":"R$ 350,00","source":"cursos.txt#1"}]',
        verdict: 'rewritten',
        took: 1_500,
      },
    ]);
    expect(await rows('SELECT state, turn_id::int FROM inbox')).toEqual([
      { state: 'answered', turn_id: 1 },
    ]);
  });

  it('says why a message of a silent turn was not answered', async () => {
    await receive(store);
    clock.advance(2_000);
    const [turn] = await store.inbox.claimTurns(1);

    await store.inbox.commitTurn(
      turn?.lease as never,
      aTurnResult({ outcome: 'silent', parts: [] }),
    );

    expect(await rows('SELECT state, reason FROM inbox')).toEqual([
      { state: 'ignored', reason: 'silent' },
    ]);
  });

  it('still has everything after it was closed and opened', async () => {
    await receive(store);
    await store.close();

    store = await openTestStore({ url, clock, owner: 'worker-2' });
    clock.advance(2_000);

    expect(await receive(store)).toMatchObject({ reason: 'duplicate' });
    expect(await store.inbox.claimTurns(1)).toMatchObject([{ messages: [{ id: 1 }] }]);
  });
});
