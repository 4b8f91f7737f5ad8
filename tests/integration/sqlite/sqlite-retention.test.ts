import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Store } from '../../../src/application/ports/outbound/store.ts';
import { retentionAges } from '../../../src/domain/retention.ts';
import { anArrivalBatch } from '../../builders/an-arrival-batch.ts';
import { anIncomingMessage } from '../../builders/an-incoming-message.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';
import { purgeAll } from '../../support/purge-all.ts';
import { openTestStore } from '../../support/sqlite-store-under-test.ts';
import {
  type StoreUnderTest,
  answer,
  beginDelivery,
  receive,
} from '../../support/store-under-test.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const DAY_MS = 86_400_000;

describe('SqliteRetention', () => {
  let files: ReturnType<typeof temporaryFolder>;
  let file: string;
  let clock: ManualStoreClock;
  let store: Store & StoreUnderTest;

  beforeEach(async () => {
    files = temporaryFolder();
    file = path.join(files.folder, 'agent.db');
    clock = new ManualStoreClock();
    store = { ...(await openTestStore({ file, clock })), clock };
  });
  afterEach(async () => {
    await store.close();
    files.remove();
  });

  /** How often the word stands in the files of the store. */
  const countOf = (word: string): number =>
    readdirSync(files.folder)
      .map((name) => readFileSync(path.join(files.folder, name)).toString('latin1'))
      .reduce((count, content) => count + content.split(word).length - 1, 0);

  /** So many conversations of a question, an answer, its echo and a note of the owner's, all with the word. */
  async function converse(word: string, count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const id = `${word}-${index}`;
      const text = `${word} ${'pergunta '.repeat(index % 90)}`;
      await answer(store, { id, text }, { parts: [`${word} ${'resposta '.repeat(index % 70)}`] });
      const delivery = await beginDelivery(store);
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: `OUT-${id}` });
      await receive(store, { id: `OUT-${id}`, fromMe: true, text: delivery.text });
      await receive(store, { id: `OWN-${id}`, fromMe: true, text: `${word} recado ${index}` });
      clock.advance(3_600_000);
    }
  }

  it('leaves nothing of what it erased in any file, a page with younger neighbours excepted', async () => {
    await converse('CANARIO', 120);
    clock.advance(10 * DAY_MS);
    await converse('GAIVOTA', 40);
    clock.advance(10 * DAY_MS);
    await converse('PARDAL', 5);
    const before = countOf('CANARIO');
    clock.advance(73 * DAY_MS);
    const first = await purgeAll(store);
    const besideYounger = countOf('CANARIO');
    clock.advance(12 * DAY_MS);
    const second = await purgeAll(store);

    expect(before).toBeGreaterThan(1_000);
    expect(first).toMatchObject({ messages: 240, replies: 120, turns: 120, history: 360 });
    expect(besideYounger).toBeLessThanOrEqual(4);
    expect(second).toMatchObject({ messages: 80, replies: 40, turns: 40, history: 120 });
    expect(countOf('CANARIO')).toBe(0);
    expect(countOf('PARDAL')).toBeGreaterThan(0);
  }, 60_000);

  it('cuts the log to nothing once it has erased something, and not before', async () => {
    await receive(store, { id: 'A', fromMe: true, text: 'recado' });
    await purgeAll(store);
    const before = statSync(`${file}-wal`).size;
    clock.advance(DAY_MS);

    await purgeAll(store, retentionAges(DAY_MS));

    expect(before).toBeGreaterThan(0);
    expect(statSync(`${file}-wal`).size).toBe(0);
  });

  it('gives a new body no id that an erased one had', async () => {
    await receive(store, { id: 'A' });
    clock.advance(7 * DAY_MS);
    await purgeAll(store);

    await receive(store, { id: 'B', text: 'e agora?' });

    const reader = new DatabaseSync(file, { readOnly: true });
    const rows = reader.prepare('SELECT raw_id FROM inbox ORDER BY id').all();
    reader.close();
    expect(rows.map((row) => row['raw_id'])).toEqual([1, 2]);
  });

  it('erases no more than a megabyte of bodies in one step', async () => {
    for (let index = 0; index < 5; index += 1) {
      const batch = anArrivalBatch(anIncomingMessage({ id: `M${index}`, text: `número ${index}` }));
      await store.inbox.add({ ...batch, body: new Uint8Array(400_000) });
    }
    clock.advance(7 * DAY_MS);

    const first = await store.retention.purge(retentionAges(90 * DAY_MS));

    expect(first).toEqual({ erased: { rawBodies: 2 }, next: { rows: 'rawBodies', after: 2 } });
    expect(await purgeAll(store)).toEqual({ rawBodies: 3 });
  });
});
