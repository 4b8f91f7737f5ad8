import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type ProcessRegistry } from '../../src/application/ports/outbound/process-registry.ts';
import { type ManualStoreClock } from '../doubles/manual-store-clock.ts';

/** One store, opened by two processes: worker-1 and worker-2. */
export interface TwoRegistries {
  readonly first: ProcessRegistry;
  readonly second: ProcessRegistry;
  readonly clock: ManualStoreClock;
  /** The instance's ingress times. */
  ingress(): Promise<{ readonly at: number | undefined; readonly gapAt: number | undefined }>;
  close(): Promise<void>;
}

const FIRST = { place: 'boot-1', pid: 100, pidStarted: 5_000 };
const SECOND = { place: 'boot-1', pid: 200, pidStarted: 6_000 };

/** What every process registry must do for processes that share it. */
export function neighboursContract(
  storeName: string,
  open: () => TwoRegistries | Promise<TwoRegistries>,
): void {
  describe(`${storeName} keeps the neighbours contract`, () => {
    let both: TwoRegistries;

    beforeEach(async () => {
      both = await open();
    });
    afterEach(() => both.close());

    it('shows the other processes of this place', async () => {
      await both.first.register(FIRST, { host: 'shop', number: 0 });
      await both.second.register(SECOND, { host: 'shop', number: 1 });

      expect(await both.first.beat()).toEqual([
        { ...SECOND, owner: 'worker-2', slot: 'shop:1', incarnation: 1 },
      ]);
    });

    it('shows the older incarnation of its own slot, which is still there', async () => {
      await both.first.register(FIRST, { host: 'shop', number: 0 });

      expect(await both.second.register(SECOND, { host: 'shop', number: 0 })).toEqual({
        slot: 'shop:0',
        incarnation: 2,
      });
      expect(await both.second.beat()).toMatchObject([{ owner: 'worker-1', incarnation: 1 }]);
    });

    it('does not show processes of another machine or boot, whose pids mean nothing here', async () => {
      await both.first.register(FIRST, { host: 'shop', number: 0 });
      await both.second.register({ ...SECOND, place: 'boot-2' }, { host: 'shop', number: 1 });

      expect(await both.first.beat()).toEqual([]);
    });

    it('does not show a process that has ended or was given up', async () => {
      await both.first.register(FIRST, { host: 'shop', number: 0 });
      await both.second.register(SECOND, { host: 'shop', number: 1 });
      await both.second.retire();
      const afterEnd = await both.first.beat();
      await both.second.register(SECOND, { host: 'shop', number: 1 });
      await both.first.release('worker-2');

      expect(afterEnd).toEqual([]);
      expect(await both.first.beat()).toEqual([]);
    });

    it('gives two processes without a number different slots', async () => {
      const stations = await Promise.all([
        both.first.register(FIRST, { host: 'shop' }),
        both.second.register(SECOND, { host: 'shop' }),
      ]);

      expect(stations.map(({ slot }) => slot).sort()).toEqual(['shop:0', 'shop:1']);
    });

    it('records a gap as long as one of the processes stands still', async () => {
      await both.first.register(FIRST, { host: 'shop', number: 0 });
      await both.second.register(SECOND, { host: 'shop', number: 1 });
      const startedAt = both.clock.now();
      const gaps: (number | undefined)[] = [];
      for (let second = 0; second <= 5; second += 1) {
        await both.first.beat();
        gaps.push((await both.ingress()).gapAt);
        both.clock.advance(1_000);
      }
      await both.second.beat();
      const onWaking = await both.ingress();
      both.clock.advance(1_000);
      await both.first.beat();

      const sinceStart = gaps.map((at) => (at ?? NaN) - startedAt);
      expect(sinceStart).toEqual([0, 0, 0, 0, 4_000, 5_000]);
      expect(onWaking).toMatchObject({ gapAt: startedAt + 6_000 });
      expect(await both.ingress()).toMatchObject({ gapAt: startedAt + 6_000 });
    });

    it('records a gap as long as one of them refuses what may be an echo', async () => {
      const gaps: (number | undefined)[] = [];
      const startedAt = both.clock.now();
      for (const isDeaf of [false, false, true, true, false]) {
        await both.first.beat(isDeaf);
        gaps.push(((await both.ingress()).gapAt ?? NaN) - startedAt);
        both.clock.advance(1_000);
      }

      expect(gaps).toEqual([0, 0, 2_000, 3_000, 3_000]);
    });

    it('records no gap for a process that has ended, or was silent for more than a minute', async () => {
      await both.first.register(FIRST, { host: 'shop', number: 0 });
      await both.second.register(SECOND, { host: 'shop', number: 1 });
      await both.second.retire();
      const startedAt = both.clock.now();
      for (let second = 0; second <= 5; second += 1) {
        await both.first.beat();
        both.clock.advance(1_000);
      }
      const afterEnd = await both.ingress();
      await both.second.register(SECOND, { host: 'shop', number: 1 });
      const silentSince = both.clock.now();
      for (let second = 0; second <= 65; second += 1) {
        await both.first.beat();
        both.clock.advance(1_000);
      }

      expect(afterEnd).toMatchObject({ gapAt: startedAt });
      expect(await both.ingress()).toMatchObject({ gapAt: silentSince + 60_000 });
    });

    it('records a gap only where no process took webhooks for more than 3 s', async () => {
      await both.first.register(FIRST, { host: 'shop', number: 0 });
      await both.second.register(SECOND, { host: 'shop', number: 1 });
      const startedAt = both.clock.now();
      await both.first.beat();
      const atStart = await both.ingress();
      both.clock.advance(3_000);
      await both.second.beat();
      const covered = await both.ingress();
      both.clock.advance(3_001);
      await both.first.beat();

      expect(atStart).toEqual({ at: startedAt, gapAt: startedAt });
      expect(covered).toEqual({ at: startedAt + 3_000, gapAt: startedAt });
      expect(await both.ingress()).toEqual({ at: startedAt + 6_001, gapAt: startedAt + 6_001 });
    });
  });
}
