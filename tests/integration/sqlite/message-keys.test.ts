import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Store } from '../../../src/application/ports/outbound/store.ts';
import { type Jid } from '../../../src/domain/contact.ts';
import { anArrivalBatch } from '../../builders/an-arrival-batch.ts';
import { anIncomingMessage } from '../../builders/an-incoming-message.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';
import { openTestStore } from '../../support/sqlite-store-under-test.ts';
import { receive } from '../../support/store-under-test.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MOST_UNFILED = 6;

/** More than a filing of so few has steps. */
const ENOUGH = 20;

/** Only its id tells it from another one. */
const PHOTO = { kind: 'image', text: 'é este?' } as const;

/** No row takes it: what comes with it in one body is undone. */
const BAD = { ...anIncomingMessage({ id: 'BAD' }), kind: undefined as never };

describe('MessageKeys', () => {
  let files: ReturnType<typeof temporaryFolder>;
  let file: string;
  let clock: ManualStoreClock;
  let one: Store;
  let other: Store;
  let db: DatabaseSync;

  const open = (): Promise<Store> => openTestStore({ file, clock, mostUnfiled: MOST_UNFILED });

  beforeEach(async () => {
    files = temporaryFolder();
    file = path.join(files.folder, 'agent.db');
    clock = new ManualStoreClock();
    [one, other] = [await open(), await open()];
    db = new DatabaseSync(file, { timeout: 1_000 });
  });
  afterEach(async () => {
    db.close();
    await Promise.all([one.close(), other.close()]);
    files.remove();
  });

  const numbers = (sql: string): number[] =>
    db
      .prepare(sql)
      .all()
      .map((row) => Number(Object.values(row)[0]));
  const filing = (): unknown => ({
    ...db.prepare('SELECT filed_to, filing_to, next_share FROM key_filing').get(),
  });

  /** Which of the messages are new to the store. */
  async function takeAll(store: Store, ids: readonly string[]): Promise<string[]> {
    const taken: string[] = [];
    for (const id of ids) {
      const { status } = await receive(store, { id, ...PHOTO });
      if (status === 'accepted') taken.push(id);
    }
    return taken;
  }

  const add = (store: Store, ...ids: readonly (string | undefined)[]): Promise<unknown> =>
    store.inbox.add(
      anArrivalBatch(
        ...ids.map((id) => (id === 'BAD' ? BAD : anIncomingMessage({ id: id as never, ...PHOTO }))),
      ),
    );

  /** Lets so many transactions pass, each with a step of a filing that is under way. */
  async function pass(store: Store, transactions = ENOUGH): Promise<void> {
    for (let done = 0; done < transactions; done += 1) await store.instances.setConnected(true);
  }

  const ten = Array.from({ length: 10 }, (_, index) => `M${index}`);

  it('files the keys of many messages, and knows them and those that came after', async () => {
    await takeAll(one, ten);
    await pass(one);

    const again = [...(await takeAll(one, ten)), ...(await takeAll(other, ten))];

    expect(again).toEqual([]);
    expect(filing()).toEqual({ filed_to: 7, filing_to: null, next_share: 0 });
    expect(numbers('SELECT count(*) FROM filed_key')).toEqual([7]);
  });

  it('does not take a message for known that was undone with its neighbour in the same tick', async () => {
    const results = await Promise.allSettled([add(one, 'A', 'BAD'), add(one, 'A'), add(one, 'A')]);

    expect(results).toMatchObject([
      { status: 'rejected' },
      { status: 'fulfilled', value: [{ status: 'accepted' }] },
      { status: 'fulfilled', value: [{ status: 'ignored', reason: 'duplicate' }] },
    ]);
    expect(await takeAll(other, ['A'])).toEqual([]);
  });

  it('takes a message again whose body failed alone', async () => {
    await expect(add(one, 'A', 'BAD')).rejects.toThrow();

    expect(await takeAll(one, ['A'])).toEqual(['A']);
  });

  it('tells apart its undone message and one of another process that got the same id', async () => {
    await expect(add(one, 'MINE', 'BAD')).rejects.toThrow();
    await takeAll(other, ['OTHER']);

    expect(numbers('SELECT id FROM inbox')).toEqual([1]);
    expect(await takeAll(one, ['OTHER', 'MINE'])).toEqual(['MINE']);
  });

  it('does not overlook what got the id of an undone message without a key', async () => {
    await expect(add(one, undefined, 'A', 'BAD')).rejects.toThrow();
    await takeAll(other, ['B', 'C']);

    expect(await takeAll(one, ['B', 'C'])).toEqual([]);
  });

  it('takes each message once when two processes receive all at once, while keys are filed', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `M${index}`);

    const taken = await Promise.all(
      ids.flatMap((id) => [takeAll(one, [id]), takeAll(other, [id]), takeAll(one, [id])]),
    );

    expect(taken.flat().sort()).toEqual([...ids].sort());
    expect(await takeAll(other, ids)).toEqual([]);
  });

  it('knows after a restart what was not yet filed', async () => {
    await takeAll(one, ten.slice(0, 3));
    await one.close();
    one = await open();

    expect(await takeAll(one, ten.slice(0, 3))).toEqual([]);
    expect(numbers('SELECT count(*) FROM filed_key')).toEqual([0]);
  });

  it('knows every message when a process ends in the middle of filing, and the next one goes on', async () => {
    await takeAll(one, ten.slice(0, 8));
    await pass(one, 2);
    await Promise.all([one.close(), other.close()]);
    const atEnd = filing();
    [one, other] = [await open(), await open()];
    const before = await takeAll(one, ten.slice(0, 8));
    await pass(one);

    expect(atEnd).toMatchObject({ filed_to: 0, filing_to: 7 });
    expect((atEnd as { next_share: number }).next_share).toBeGreaterThan(0);
    expect(before).toEqual([]);
    expect(filing()).toEqual({ filed_to: 7, filing_to: null, next_share: 0 });
    expect(numbers('SELECT count(*) FROM filed_key')).toEqual([7]);
    expect(await takeAll(one, ten.slice(0, 8))).toEqual([]);
  });

  it('forgets a key with its message, filed or not', async () => {
    await takeAll(one, ten);
    await pass(one);
    db.exec('DELETE FROM inbox WHERE id IN (1, 9)');

    expect(numbers('SELECT count(*) FROM filed_key')).toEqual([6]);
    expect(await takeAll(one, ten)).toEqual(['M0', 'M8']);
    expect(await takeAll(other, ten)).toEqual([]);
  });

  it('files no key of a message that was erased before', async () => {
    await takeAll(one, ten.slice(0, 6));
    db.exec('DELETE FROM inbox WHERE id <= 3');
    await takeAll(one, ten.slice(6));
    await pass(one);

    expect(filing()).toMatchObject({ filed_to: 7 });
    expect(numbers('SELECT count(*) FROM filed_key')).toEqual([4]);
    expect(await takeAll(other, ten)).toEqual(['M0', 'M1', 'M2']);
  });

  it('files past messages that have no key', async () => {
    for (let index = 0; index < 9; index += 1) {
      await receive(one, { id: undefined as never, text: `sem id ${index}` });
    }
    await pass(one);

    expect(filing()).toEqual({ filed_to: 7, filing_to: null, next_share: 0 });
  });

  it('knows the messages of two contacts once they are one, filed or not', async () => {
    const phone = '5583988887777@s.whatsapp.net' as Jid;
    const lid = '123456789012345@lid' as Jid;
    await receive(one, { id: 'BY-PHONE', identity: { phone }, text: 'oi' });
    await receive(one, { id: 'BY-LID', identity: { lid }, chat: 'lid', text: 'olá' });
    await takeAll(one, ten.slice(0, 6));
    await pass(one);
    await receive(one, { id: 'BOTH', identity: { phone, lid }, text: 'sou eu' });

    expect(numbers('SELECT count(*) FROM filed_key')).toEqual([7]);
    expect(await takeAll(other, ['BY-PHONE', 'BY-LID', 'BOTH'])).toEqual([]);
  });
});
