import { beforeEach, describe, expect, it } from '@jest/globals';
import { type ProcessIdentity } from '../../../../src/application/ports/outbound/process-table.ts';
import { RefusedEchoes } from '../../../../src/application/use-cases/refused-echoes.ts';
import { WatchProcessesUseCase } from '../../../../src/application/use-cases/watch-processes.ts';
import { InMemoryProcessRegistry } from '../../../doubles/in-memory-process-registry.ts';
import { anInMemoryStore, type InMemoryStore } from '../../../doubles/in-memory-store.ts';
import { ManualStoreClock } from '../../../doubles/manual-store-clock.ts';
import { RecordingLogger } from '../../../doubles/recording-logger.ts';
import { RecordingMeter } from '../../../doubles/recording-meter.ts';
import { RecordingWorkSignal } from '../../../doubles/recording-work-signal.ts';
import { receive } from '../../../support/store-under-test.ts';

const OLD = { place: 'boot-1', pid: 100, pidStarted: 5_000 };
const NEW = { place: 'boot-1', pid: 200, pidStarted: 6_000 };

let store: InMemoryStore;
let clock: ManualStoreClock;
let running: ProcessIdentity[];
let logger: RecordingLogger;
let signal: RecordingWorkSignal;
let meter: RecordingMeter;
let refusedEchoes: RefusedEchoes;
let watchProcesses: WatchProcessesUseCase;

/** The old process holds a contact; the new one of the same slot watches. */
beforeEach(async () => {
  clock = new ManualStoreClock();
  store = anInMemoryStore({ clock, timing: { quietMs: 0, maxWaitMs: 0 } });
  await store.registry.register(OLD, { host: 'shop', number: 0 });
  await receive(store);
  await store.inbox.claimTurns(1);
  running = [OLD, NEW];
  logger = new RecordingLogger();
  signal = new RecordingWorkSignal();
  meter = new RecordingMeter();
  refusedEchoes = new RefusedEchoes();
  const registry = new InMemoryProcessRegistry(store.state, 'worker-2');
  await registry.register(NEW, { host: 'shop', number: 0 });
  watchProcesses = new WatchProcessesUseCase({
    registry,
    refusedEchoes,
    processes: {
      self: NEW,
      isRunning: ({ pid }) => running.some((process) => process.pid === pid),
      end: () => 'gone',
    },
    signal,
    logger,
    meter,
  });
});

describe('WatchProcesses', () => {
  it('frees nothing of an older incarnation that still runs', async () => {
    await watchProcesses.execute();

    expect(await store.inbox.claimTurns(1)).toEqual([]);
    expect(logger.entries).toEqual([]);
  });

  it('takes over what it held as soon as it is gone, and says so once', async () => {
    await watchProcesses.execute();
    running = [NEW];
    await watchProcesses.execute();
    await watchProcesses.execute();

    expect(await store.inbox.claimTurns(1)).toHaveLength(1);
    expect(logger.entries).toMatchObject([
      {
        level: 'warn',
        event: 'work of a dead process taken over',
        fields: { slot: 'shop:0', incarnation: 1, deadPid: 100, contacts: 1, replies: 0 },
      },
    ]);
  });

  it('measures how many contacts it took over', async () => {
    running = [NEW];

    await watchProcesses.execute();

    expect(meter.measured).toEqual([['leasesTakenOver', 1]]);
  });

  it('says that the absence of echoes proves nothing where one may have been refused', async () => {
    await watchProcesses.execute();
    clock.advance(1_000);
    await watchProcesses.execute();
    const before = store.state.ingress.gapEndedAt;
    clock.advance(1_000);
    refusedEchoes.note();
    await watchProcesses.execute();

    expect(before).toBe(clock.now() - 2_000);
    expect(store.state.ingress).toEqual({ at: clock.now(), gapEndedAt: clock.now() });
  });

  it('wakes the workers', async () => {
    running = [NEW];

    await watchProcesses.execute();

    expect(signal.raised).toEqual(['turns', 'deliveries']);
  });
});
