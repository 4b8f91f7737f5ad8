import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { contactMessageKey } from '../../../src/adapters/outbound/sql/message-key.ts';
import { DiskReserve } from '../../../src/adapters/outbound/system/disk-reserve.ts';
import { StoreUnavailableError } from '../../../src/application/ports/outbound/store-unavailable-error.ts';
import { describeWith } from '../../support/describe-with.ts';
import { MOUNTING, SmallDisk } from '../../support/small-disk.ts';
import { openTestStore } from '../../support/sqlite-store-under-test.ts';
import { receive } from '../../support/store-under-test.ts';

const MB = 1_048_576;

describeWith(MOUNTING, 'a disk that fills up', () => {
  let disk: SmallDisk;
  let file: string;
  let reserve: DiskReserve;

  beforeEach(() => {
    disk = SmallDisk.mount(24);
    file = path.join(disk.folder, 'agent.db');
    reserve = new DiskReserve({ file, minFreeBytes: 6 * MB, ballastBytes: 4 * MB });
  });
  afterEach(() => {
    disk.unmount();
  });

  it('keeps a ballast that takes its whole room, for its own account only', async () => {
    const isEnough = await reserve.isEnough();

    const { size, blocks, mode } = statSync(`${file}-ballast`);
    expect(isEnough).toBe(true);
    expect(size).toBe(4 * MB);
    expect(blocks * 512).toBeGreaterThanOrEqual(4 * MB);
    expect(mode & 0o777).toBe(0o600);
    expect(existsSync(`${file}-ballast-draft`)).toBe(false);
  });

  it('has not enough below the limit, and keeps the ballast until less than its size is left', async () => {
    await reserve.isEnough();
    disk.fill(5 * MB);

    const isEnough = await reserve.isEnough();

    expect(isEnough).toBe(false);
    expect(existsSync(`${file}-ballast`)).toBe(true);
  });

  it('gives the ballast up on a full disk, and lays it anew when there is room', async () => {
    await reserve.isEnough();
    disk.fill();

    const whenFull = await reserve.isEnough();
    const isGone = !existsSync(`${file}-ballast`);
    disk.free();
    const whenFreed = await reserve.isEnough();

    expect([whenFull, isGone, whenFreed]).toEqual([false, true, true]);
    expect(statSync(`${file}-ballast`).size).toBe(4 * MB);
  });

  it('lays one ballast when several processes do it at once', async () => {
    const others = Array.from({ length: 3 }, () =>
      new DiskReserve({ file, minFreeBytes: 6 * MB, ballastBytes: 4 * MB }).isEnough(),
    );

    expect(await Promise.all(others)).toEqual([true, true, true]);
    expect(statSync(`${file}-ballast`).size).toBe(4 * MB);
    expect(existsSync(`${file}-ballast-draft`)).toBe(false);
  });

  it('acknowledges nothing that a full disk could not take, and goes on with the ballast’s room', async () => {
    const store = await openTestStore({ file });
    const acknowledged: string[] = [];
    const take = async (id: string): Promise<unknown> =>
      receive(store, { id, text: `${id} ${'x'.repeat(4_000)}` }).then(
        () => acknowledged.push(id),
        (error: unknown) => error,
      );
    await take('before');
    await reserve.isEnough();
    disk.fill();
    let refusal: unknown;
    for (let next = 0; !(refusal instanceof Error) && next < 2_000; next += 1) {
      refusal = await take(`full-${next}`);
    }
    await reserve.isEnough();
    await take('with the ballast’s room');
    disk.free();
    await take('after');
    await store.close();

    const db = new DatabaseSync(file);
    const stored = db.prepare('SELECT message_key FROM inbox ORDER BY id').all();
    const { integrity_check: integrity } = db.prepare('PRAGMA integrity_check').get() ?? {};
    db.close();
    expect(refusal).toBeInstanceOf(StoreUnavailableError);
    expect(integrity).toBe('ok');
    expect(acknowledged.slice(-2)).toEqual(['with the ballast’s room', 'after']);
    expect(stored.map((row) => row['message_key'])).toEqual(
      acknowledged.map((id) => contactMessageKey('loja', id)),
    );
  });
});
