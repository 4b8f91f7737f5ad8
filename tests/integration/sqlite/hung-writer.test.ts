import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { SystemClock } from '../../../src/adapters/outbound/system/system-clock.ts';
import { SystemProcessTable } from '../../../src/adapters/outbound/system/system-process-table.ts';
import { type Store } from '../../../src/application/ports/outbound/store.ts';
import { FreeWriteLockUseCase } from '../../../src/application/use-cases/free-write-lock.ts';
import { RecordingLogger } from '../../doubles/recording-logger.ts';
import { eventually } from '../../support/polling.ts';
import { openTestStore } from '../../support/sqlite-store-under-test.ts';
import { kill } from '../../support/store-processes.ts';
import { receive } from '../../support/store-under-test.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SCRIPT = path.resolve('tests/support/lock-holding-process.ts');

/** What is promised after a process has begun to hang, ms. */
const FREE_WITHIN_MS = 20_000;

/** Long enough for a process to be taken for a hung one, ms. */
const LONG_MS = 9_000;

const LONGEST_MS = 60_000;

describe('a SQLite store whose write lock is held by another process', () => {
  let files: ReturnType<typeof temporaryFolder>;
  let file: string;
  let store: Store;
  let logger: RecordingLogger;
  let freeWriteLock: FreeWriteLockUseCase;
  let holder: ChildProcess;

  beforeEach(async () => {
    files = temporaryFolder();
    file = path.join(files.folder, 'agent.db');
    store = await openTestStore({ file });
    logger = new RecordingLogger();
    const processes = new SystemProcessTable();
    await store.registry.register(processes.self, { host: 'shop', number: 0 });
    const clock = new SystemClock();
    freeWriteLock = new FreeWriteLockUseCase({ lock: store.writeLock, processes, clock, logger });
  });
  afterEach(async () => {
    await kill(holder);
    await store.close();
    files.remove();
  });

  async function hold(how: 'hung' | 'slow' | 'stranger'): Promise<void> {
    holder = fork(SCRIPT, [file, how], { execArgv: [] });
    await once(holder, 'message');
  }

  /** One look, as a process takes it once a second, with an attempt at writing. */
  async function lookAndReceive(): Promise<true | undefined> {
    const taking = receive(store, { id: 'A' });
    await freeWriteLock.execute();
    return (await taking).status === 'accepted' || undefined;
  }

  async function lookFor(ms: number): Promise<boolean[]> {
    const until = performance.now() + ms;
    const taken: boolean[] = [];
    while (performance.now() < until) {
      taken.push(await lookAndReceive().then(Boolean, () => false));
    }
    return taken;
  }

  it(
    'ends one of the service that stands still, and takes messages again',
    async () => {
      await hold('hung');

      await eventually('a message to be taken', lookAndReceive, FREE_WITHIN_MS);

      expect(await eventually('its end', () => holder.signalCode ?? undefined)).toBe('SIGKILL');
      expect(logger.entries).toMatchObject([
        {
          event: 'database blocked by a process that stands still',
          fields: { slot: 'shop:1', hungPid: holder.pid, outcome: 'ended' },
        },
      ]);
    },
    LONGEST_MS,
  );

  it(
    'leaves one of the service alone that is slow and lives',
    async () => {
      await hold('slow');

      await lookFor(LONG_MS);

      expect([holder.exitCode, holder.signalCode]).toEqual([null, null]);
      expect(logger.entries).toEqual([]);
    },
    LONGEST_MS,
  );

  it(
    'leaves any other program alone, and says that it blocks',
    async () => {
      await hold('stranger');

      const taken = await lookFor(LONG_MS);

      expect(new Set(taken)).toEqual(new Set([false]));
      expect([holder.exitCode, holder.signalCode]).toEqual([null, null]);
      expect(logger.entries).toMatchObject([
        { event: 'database blocked by another program', fields: { blockingPid: holder.pid } },
      ]);
    },
    LONGEST_MS,
  );
});
