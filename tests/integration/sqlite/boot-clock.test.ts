import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  openBootClock,
  systemTime,
  type TimeSource,
} from '../../../src/adapters/outbound/sqlite/boot-clock.ts';
import { migrate } from '../../../src/adapters/outbound/sqlite/migrate.ts';
import { SqliteDatabase } from '../../../src/adapters/outbound/sqlite/sqlite-database.ts';
import { openTestStore } from '../../support/sqlite-store-under-test.ts';
import { receive } from '../../support/store-under-test.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOON = 1_800_000_000_000;

function time(bootId: string, monotonic: number, wall: number): TimeSource {
  return { bootId, monotonicMs: () => monotonic, wallMs: () => wall };
}

describe('openBootClock', () => {
  let files: ReturnType<typeof temporaryFolder>;
  let file: string;
  let db: SqliteDatabase;

  beforeEach(async () => {
    files = temporaryFolder();
    file = path.join(files.folder, 'agent.db');
    db = await SqliteDatabase.open({ file });
    await migrate(db);
  });
  afterEach(async () => {
    await db.close();
    files.remove();
  });

  it('begins at the wall clock', async () => {
    const clock = await openBootClock(db, time('boot-1', 5_000, NOON));

    expect(clock.now()).toBe(NOON);
  });

  it('follows the monotonic clock, whatever the wall clock does', async () => {
    await openBootClock(db, time('boot-1', 5_000, NOON));

    const clock = await openBootClock(db, time('boot-1', 6_000, NOON + 3_600_000));

    expect(clock.now()).toBe(NOON + 1_000);
  });

  it('finds the wall clock again after a boot', async () => {
    await openBootClock(db, time('boot-1', 5_000, NOON));

    const clock = await openBootClock(db, time('boot-2', 10, NOON + 3_600_000));

    expect(clock.now()).toBe(NOON + 3_600_000);
  });

  it('does not run backwards when the wall clock did during a boot', async () => {
    await openBootClock(db, time('boot-1', 5_000, NOON));

    const clock = await openBootClock(db, time('boot-2', 10, NOON - 3_600_000));

    expect(clock.now()).toBe(NOON);
  });

  it('notices a boot without a boot id', async () => {
    await openBootClock(db, time('any', 500_000, NOON));

    const clock = await openBootClock(db, time('any', 10, NOON + 3_600_000));

    expect(clock.now()).toBe(NOON + 3_600_000);
  });

  it('frees what was leased before a boot', async () => {
    const before = await openBootClock(db, time('boot-1', 5_000, NOON));
    const timing = { quietMs: 0, maxWaitMs: 0 };
    const store = await openTestStore({ file, clock: before, timing });
    await receive(store);
    const [leased] = await store.inbox.claimTurns(1);
    await openBootClock(db, time('boot-2', 10, NOON + 1));

    const [again] = await store.inbox.claimTurns(1);

    expect(leased?.lease.token).toBe(1);
    expect(again?.lease.token).toBe(3);
    await store.close();
  });

  it('runs on the machine as it is', async () => {
    const clock = await openBootClock(db);
    const first = clock.now();

    expect(Math.abs(first - Date.now())).toBeLessThan(60_000);
    expect(clock.now()).toBeGreaterThanOrEqual(first);
    expect(systemTime.bootId).not.toBe('');
  });
});
