import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Store } from '../../../src/application/ports/outbound/store.ts';
import { aTurnResult } from '../../builders/a-turn-result.ts';
import { anArrivalBatch } from '../../builders/an-arrival-batch.ts';
import { anIncomingMessage } from '../../builders/an-incoming-message.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';
import { openTestStore } from '../../support/sqlite-store-under-test.ts';
import { receive } from '../../support/store-under-test.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('SqliteInbox', () => {
  let files: ReturnType<typeof temporaryFolder>;
  let file: string;
  let clock: ManualStoreClock;
  let store: Store;
  let reader: DatabaseSync;

  beforeEach(async () => {
    files = temporaryFolder();
    file = path.join(files.folder, 'agent.db');
    clock = new ManualStoreClock();
    store = await openTestStore({ file, clock });
    reader = new DatabaseSync(file, { readOnly: true });
  });
  afterEach(async () => {
    reader.close();
    await store.close();
    files.remove();
  });

  const rows = (sql: string): unknown[] =>
    reader
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));

  it('keeps one body for all of its messages', async () => {
    await store.inbox.add(
      anArrivalBatch(
        anIncomingMessage({ id: 'A', text: 'Oi' }),
        anIncomingMessage({ id: 'B', text: 'Quanto custa?' }),
      ),
    );

    expect(rows('SELECT CAST(body AS TEXT) AS body FROM raw_body')).toEqual([
      { body: '{"messageType":"conversation"}' },
    ]);
    expect(rows('SELECT raw_id FROM inbox')).toEqual([{ raw_id: 1 }, { raw_id: 1 }]);
  });

  it('keeps no body of which nothing is stored', async () => {
    await receive(store);
    await receive(store);

    expect(rows('SELECT count(*) AS bodies FROM raw_body')).toEqual([{ bodies: 1 }]);
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
      rows('SELECT message_key, media, quoted_id, to_jid, sent_at, text_hash FROM inbox'),
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
    expect(rows('SELECT length(message_key) AS length FROM inbox')).toEqual([{ length: 16 }]);
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

  it('writes nothing while it finds no work', async () => {
    await receive(store);
    const version = rows('PRAGMA data_version');

    await store.inbox.claimTurns(9);
    await store.outbox.claimDeliveries(9);

    expect(rows('PRAGMA data_version')).toEqual(version);
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
      rows(`SELECT outcome, model, tokens_in, tokens_cached, tokens_out, model_ms, knowledge_version,
                   passages, facts, verdict, ended_at - started_at AS took FROM turn`),
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
    expect(rows('SELECT state, turn_id FROM inbox')).toEqual([{ state: 'answered', turn_id: 1 }]);
  });

  it('says why a message of a silent turn was not answered', async () => {
    await receive(store);
    clock.advance(2_000);
    const [turn] = await store.inbox.claimTurns(1);

    await store.inbox.commitTurn(
      turn?.lease as never,
      aTurnResult({ outcome: 'silent', parts: [] }),
    );

    expect(rows('SELECT state, reason FROM inbox')).toEqual([
      { state: 'ignored', reason: 'silent' },
    ]);
  });

  it('still has everything after it was closed and opened', async () => {
    await receive(store);
    await store.close();

    store = await openTestStore({ file, clock, owner: 'worker-2' });
    clock.advance(2_000);

    expect(await receive(store)).toMatchObject({ reason: 'duplicate' });
    expect(await store.inbox.claimTurns(1)).toMatchObject([{ messages: [{ id: 1 }] }]);
  });
});
