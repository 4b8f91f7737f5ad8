import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';

import { PostgresDatabase } from '../../../src/adapters/outbound/postgres/postgres-database.ts';
import { type Store } from '../../../src/application/ports/outbound/store.ts';
import { type Jid } from '../../../src/domain/contact.ts';
import { describeWith } from '../../support/describe-with.ts';
import { FakeWallClock, LIBFAKETIME } from '../../support/fake-wall-clock.ts';
import { eventually } from '../../support/polling.ts';
import {
  POSTGRES,
  PostgresServer,
  SERVER_START_MS,
  rowsOf,
} from '../../support/postgres-server.ts';
import { openTestStore } from '../../support/postgres-store-under-test.ts';
import { receive } from '../../support/store-under-test.ts';

const HOUR_S = 3_600;
const LEASE_MS = 3_000;

/** What the machine may add to the end of a lease, ms. */
const SLACK_MS = 2_000;

jest.setTimeout(20_000);

const SELF = { place: 'boot-1', pid: 100, pidStarted: 5_000 };

describeWith(LIBFAKETIME, 'a PostgreSQL server whose clock jumps', (library) => {
  describeWith(POSTGRES, 'a PostgreSQL server whose clock jumps', (binaries) => {
    let wallClock: FakeWallClock;
    let server: PostgresServer;
    let url: string;
    let stores: Store[];
    let jumps: number[];

    beforeAll(async () => {
      wallClock = new FakeWallClock(library);
      server = await PostgresServer.start(binaries, {}, wallClock.environment);
    }, SERVER_START_MS);
    afterAll(async () => {
      await server.stop();
      wallClock.remove();
    });
    beforeEach(async () => {
      wallClock.set(0);
      url = await server.emptySchema();
      stores = [];
      jumps = [];
    });
    afterEach(async () => {
      for (const store of stores) await store.close();
    });

    async function open(owner: string): Promise<Store> {
      const store = await openTestStore({
        url,
        owner,
        leaseMs: LEASE_MS,
        timing: { quietMs: 0, maxWaitMs: 0 },
        onClockJump: (ms) => jumps.push(ms),
      });
      stores.push(store);
      return store;
    }

    const claim = async ({ inbox }: Store): Promise<unknown> => (await inbox.claimTurns(1))[0];

    /** What a process that starts asks last, until it knows the time. */
    const looks = (): Promise<unknown[]> =>
      rowsOf(
        url,
        `SELECT 1 FROM pg_stat_activity WHERE query LIKE '%"mayLive"%' AND pid <> pg_backend_pid()`,
      );

    /** How far the store's time is from the real one, ms. */
    async function aheadMs(store: Store): Promise<number> {
      await store.registry.beat();
      const [row] = await rowsOf(
        url,
        'SELECT max(beat_at) AS at FROM worker WHERE ended_at IS NULL',
      );
      return Number(row?.['at']) - Date.now();
    }

    it.each([
      ['an hour ahead', HOUR_S],
      ['an hour back', -HOUR_S],
    ])('%s frees no lease early, and none late', async (_what, seconds) => {
      const holder = await open('worker-1');
      const other = await open('worker-2');
      await receive(holder);
      const [turn] = await holder.inbox.claimTurns(1);
      const from = performance.now();
      wallClock.set(seconds);

      const atOnce = await claim(other);
      const state = turn && (await holder.inbox.check(turn.lease));
      await eventually('the lease to run out', () => claim(other));
      const took = performance.now() - from;

      expect([atOnce, state]).toEqual([undefined, 'held']);
      expect(took).toBeGreaterThan(LEASE_MS - 500);
      expect(took).toBeLessThan(LEASE_MS + SLACK_MS);
      expect(jumps).toHaveLength(1);
      expect(Math.abs((jumps[0] ?? 0) - seconds * 1_000)).toBeLessThan(1_000);
    });

    it('leaves a send that is under way alone', async () => {
      const holder = await open('worker-1');
      const other = await open('worker-2');
      const identity = { phone: '5583988887777@s.whatsapp.net' as Jid };
      await holder.outbox.enqueue({ identity, parts: ['Tudo certo.'] });
      const [delivery] = await holder.outbox.claimDeliveries(1);
      wallClock.set(HOUR_S);

      const others = await other.outbox.claimDeliveries(1);
      const standing = delivery && (await holder.outbox.standing(delivery));

      expect([others, standing]).toEqual([[], 'current']);
    });

    it('keeps the time through jumps there and back, with many at work', async () => {
      const all = await Promise.all(['worker-1', 'worker-2', 'worker-3'].map(open));
      const [first] = all;
      if (first === undefined) throw new Error('no store');
      await first.registry.register(SELF, { host: 'shop', number: 0 });
      const seen: number[] = [];
      for (const seconds of [HOUR_S, 0, -HOUR_S, HOUR_S, 0]) {
        wallClock.set(seconds);
        await Promise.all(all.flatMap(({ inbox }) => [inbox.claimTurns(1), inbox.nextTurnInMs()]));
        await Promise.all(all.map(({ instances }) => instances.setConnected(seconds > 0)));
        seen.push(await aheadMs(first));
      }

      expect(jumps).toHaveLength(5);
      for (const ahead of seen) expect(Math.abs(ahead)).toBeLessThan(2_000);
    });

    describe('while a process starts', () => {
      it('is not believed where another process lives', async () => {
        const holder = await open('worker-1');
        await holder.registry.register(SELF, { host: 'shop', number: 0 });
        await receive(holder);
        const [turn] = await holder.inbox.claimTurns(1);
        wallClock.set(HOUR_S);

        const starting = open('worker-2');
        await eventually('it to look', async () => (await looks())[0]);
        await holder.registry.beat();
        const other = await starting;

        expect(await claim(other)).toBeUndefined();
        expect(turn && (await holder.inbox.check(turn.lease))).toBe('held');
      });

      it('makes no lease of a dead process last longer', async () => {
        const dead = await open('worker-1');
        await dead.registry.register(SELF, { host: 'shop', number: 0 });
        await receive(dead);
        await dead.inbox.claimTurns(1);
        await dead.close();
        wallClock.set(-HOUR_S);

        const from = performance.now();
        const next = await open('worker-2');
        await eventually('the lease to run out', () => claim(next));

        // It waits for a sign of life first, as another process may know better.
        expect(performance.now() - from).toBeLessThan(LEASE_MS + SLACK_MS + 2_500);
      });

      it("begins with the database's own time again, once all have ended properly", async () => {
        const before = await open('worker-1');
        await before.registry.register(SELF, { host: 'shop', number: 0 });
        wallClock.set(HOUR_S);
        await before.registry.beat();
        await before.registry.retire();
        await before.close();
        await rowsOf(
          url,
          'UPDATE worker SET beat_at = beat_at - 60000, ended_at = ended_at - 60000',
        );

        const next = await open('worker-2');
        await next.registry.register(SELF, { host: 'shop', number: 0 });

        expect(Math.abs((await aheadMs(next)) - HOUR_S * 1_000)).toBeLessThan(2_000);
      });
    });

    it('is told from a machine that stood still: the others are followed', async () => {
      const store = await open('worker-1');
      await store.registry.register(SELF, { host: 'shop', number: 0 });
      let stoodStillMs = 0;
      const elapsedMs = (): number => performance.now() - stoodStillMs;
      const db = new PostgresDatabase({ url, elapsedMs, onClockJump: (ms) => jumps.push(ms) });
      const before = await db.read((session) => session.now());
      stoodStillMs = 600_000;
      await rowsOf(url, 'UPDATE store_clock SET offset_ms = offset_ms + 600000');
      await rowsOf(url, 'UPDATE worker SET beat_at = beat_at + 600000');

      const after = await db.read((session) => session.now());
      await db.close();

      expect(after - before).toBeGreaterThanOrEqual(600_000);
      expect(jumps).toEqual([]);
    });
  });
});
