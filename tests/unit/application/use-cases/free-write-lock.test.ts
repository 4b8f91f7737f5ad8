import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  type EndOutcome,
  type ProcessIdentity,
} from '../../../../src/application/ports/outbound/process-table.ts';
import { type LockHolder } from '../../../../src/application/ports/outbound/write-lock.ts';
import { FreeWriteLockUseCase } from '../../../../src/application/use-cases/free-write-lock.ts';
import { ManualClock } from '../../../doubles/manual-clock.ts';
import { RecordingLogger } from '../../../doubles/recording-logger.ts';
import { ScriptedWriteLock } from '../../../doubles/scripted-write-lock.ts';

const SELF = { place: 'boot-1', pid: 200, pidStarted: 6_000 };

const neighbour = (pid: number, silentMs = 60_000): LockHolder => ({
  kind: 'neighbour',
  process: {
    place: 'boot-1',
    pid,
    pidStarted: 5_000,
    owner: `worker-${pid}`,
    slot: 'shop:0',
    incarnation: 3,
  },
  silentMs,
});

let lock: ScriptedWriteLock;
let clock: ManualClock;
let logger: RecordingLogger;
let ended: number[];
let outcome: EndOutcome;
let freeWriteLock: FreeWriteLockUseCase;

beforeEach(() => {
  lock = new ScriptedWriteLock();
  clock = new ManualClock();
  logger = new RecordingLogger();
  ended = [];
  outcome = 'ended';
  const processes = {
    self: SELF,
    isRunning: () => true,
    end: ({ pid }: ProcessIdentity): EndOutcome => {
      ended.push(pid);
      return outcome;
    },
  };
  freeWriteLock = new FreeWriteLockUseCase({ lock, processes, clock, logger });
});

/** So many looks, one a second. */
async function look(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await freeWriteLock.execute();
    await clock.advance(1_000);
  }
}

describe('FreeWriteLock', () => {
  it('does nothing while nobody is kept waiting', async () => {
    await look(10);

    expect(ended).toEqual([]);
    expect(logger.entries).toEqual([]);
  });

  it('ends a silent neighbour that holds the lock at every look for 5 s, and says so', async () => {
    lock.heldBy = neighbour(100);
    await look(5);
    const before = [...ended];
    await look(1);

    expect(before).toEqual([]);
    expect(ended).toEqual([100]);
    expect(logger.entries).toMatchObject([
      {
        level: 'warn',
        event: 'database blocked by a process that stands still',
        fields: {
          slot: 'shop:0',
          incarnation: 3,
          hungPid: 100,
          silentMs: 60_000,
          outcome: 'ended',
        },
      },
    ]);
  });

  it('leaves a slow neighbour alone that still shows that it lives', async () => {
    lock.heldBy = neighbour(100, 4_999);

    await look(60);

    expect(ended).toEqual([]);
    expect(logger.entries).toEqual([]);
  });

  it('counts anew when another process has the lock', async () => {
    lock.heldBy = neighbour(100);
    await look(5);
    lock.heldBy = neighbour(101);
    await look(5);

    expect(ended).toEqual([]);
  });

  it('counts anew when the lock was free in between', async () => {
    lock.heldBy = neighbour(100);
    await look(5);
    lock.heldBy = undefined;
    await look(1);
    lock.heldBy = neighbour(100);
    await look(5);

    expect(ended).toEqual([]);
  });

  it('counts anew after it stood still itself, as when the whole machine did', async () => {
    lock.heldBy = neighbour(100);
    await look(2);
    await clock.advance(60_000);
    await look(5);
    const before = [...ended];
    await look(1);

    expect(before).toEqual([]);
    expect(ended).toEqual([100]);
  });

  it.each(['waits_for_disk', 'not_allowed'] as const)(
    'says once that the holder is not ended: %s',
    async (why) => {
      outcome = why;
      lock.heldBy = neighbour(100);

      await look(60);

      expect(logger.entries).toMatchObject([{ level: 'error', fields: { outcome: why } }]);
    },
  );

  it.each([
    [{ kind: 'stranger', pid: 77 } as const, { blockingPid: 77 }],
    [{ kind: 'unseen' } as const, {}],
  ])('never ends what is none of its own, and says once that it blocks', async (holder, fields) => {
    lock.heldBy = holder;

    await look(60);

    expect(ended).toEqual([]);
    expect(logger.entries).toEqual([
      {
        level: 'error',
        event: 'database blocked by another program',
        fields: { ...fields, hint: expect.any(String) },
      },
    ]);
  });
});
