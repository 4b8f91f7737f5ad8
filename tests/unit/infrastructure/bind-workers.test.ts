import { describe, expect, it } from '@jest/globals';
import { bindWorkers } from '../../../src/infrastructure/container/bind-workers.ts';
import { loadConfig } from '../../../src/infrastructure/config.ts';
import { TOKENS } from '../../../src/infrastructure/container/tokens.ts';
import { Wiring } from '../../../src/infrastructure/container/wiring.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { RecordingLogger } from '../../doubles/recording-logger.ts';
import { RecordingWorkSignal } from '../../doubles/recording-work-signal.ts';

const MEGA = {
  MEGA_API_BASE_URL: 'http://127.0.0.1:9',
  MEGA_API_TOKEN: 'mega-test-0123456789',
  MEGA_INSTANCE_ID: 'megastart-1',
};

/** The workers of one process on doubles that count how often they are called. */
class CountingProcess {
  readonly clock = new ManualClock();
  readonly calls: string[] = [];
  /** How many turns were asked for at once. */
  readonly claims: number[] = [];
  readonly wiring = new Wiring();

  constructor(settings: Readonly<Record<string, string>>) {
    const { wiring } = this;
    wiring.bindValue(TOKENS.clock, this.clock);
    wiring.bindValue(TOKENS.logger, new RecordingLogger());
    wiring.bindValue(TOKENS.signal, new RecordingWorkSignal());
    wiring.bindValue(TOKENS.embedKnowledge, undefined);
    wiring.bindValue(TOKENS.watchProcesses, this.counted('watch'));
    wiring.bindValue(TOKENS.freeWriteLock, this.counted('free'));
    wiring.bindValue(TOKENS.reloadKnowledge, this.counted('poll'));
    wiring.bindValue(TOKENS.checkGateway, this.counted('check'));
    wiring.bindValue(TOKENS.purgeStore, this.counted('purge'));
    wiring.bindValue(TOKENS.capacity, this.counted('capacity'));
    wiring.bindValue(TOKENS.exposition, this.counted('keep'));
    // Its sample takes as long as it takes.
    wiring.bindValue(TOKENS.eventLoopWatch, {
      sample: () => new Promise(() => undefined),
    } as never);
    wiring.bindValue(TOKENS.handleIncomingMessage, this.counted('answer'));
    wiring.bindValue(TOKENS.inbox, { claimTurns: (limit: number) => this.claim(limit) } as never);
    bindWorkers(wiring, loadConfig(settings));
  }

  /** How often it was called in the first ms of the process. */
  async callsWithin(ms: number, name: string): Promise<number> {
    for (const task of this.wiring.get(TOKENS.periodicTasks)) task.start();
    await this.clock.advance(ms);
    return this.calls.filter((call) => call === name).length;
  }

  private counted(name: string): never {
    const call = (): Promise<void> => {
      this.calls.push(name);
      return Promise.resolve();
    };
    return { execute: call, look: call, keep: call } as never;
  }

  private claim(limit: number): Promise<never[]> {
    this.claims.push(limit);
    return new Promise(() => undefined);
  }
}

describe('bindWorkers', () => {
  it.each([
    ['asks the gateway for its state', 'check', 59_999, 1],
    ['asks the gateway for its state', 'check', 60_000, 2],
    ['shows that it lives', 'watch', 1_000, 2],
    ['looks for who keeps the lock', 'free', 1_000, 1],
    ['looks whether there is room', 'capacity', 1_000, 2],
    ['looks at the knowledge', 'poll', 3_000, 1],
    ['keeps what was measured', 'keep', 5_000, 2],
    ['erases what is old', 'purge', 3_600_000, 2],
  ])('%s: %s within %i ms %i times', async (_what, name, ms, times) => {
    const process = new CountingProcess(MEGA);

    expect(await process.callsWithin(ms, name)).toBe(times);
  });

  it('asks no gateway where the sandbox stands in', async () => {
    const process = new CountingProcess({});

    expect(await process.callsWithin(60_000, 'check')).toBe(0);
  });

  it('looks at the knowledge every RAG_WATCH_INTERVAL', async () => {
    const process = new CountingProcess({ RAG_WATCH_INTERVAL: '0.5' });

    expect(await process.callsWithin(1_000, 'poll')).toBe(2);
  });

  it('claims no more turns than LLM_CONCURRENCY has slots', () => {
    const process = new CountingProcess({ LLM_CONCURRENCY: '7' });

    process.wiring.get(TOKENS.turnWorker).start();

    expect(process.claims).toEqual([7]);
  });
});
