import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type ErasedCounts } from '../../src/application/ports/outbound/retention.ts';
import { type Store } from '../../src/application/ports/outbound/store.ts';
import { type DatabasePlace } from '../support/store-process.ts';
import { TwoStoreProcesses, ask, kill } from '../support/store-processes.ts';

/** A database that several processes can open. */
export interface SharedDatabase {
  readonly place: DatabasePlace;
  /** Opens it in this process. */
  readonly open: () => Promise<Store>;
  readonly remove: () => void;
}

/** Two processes that start take their time on a busy machine, ms. */
const LONGEST_MS = 20_000;

/** What every store must do for two processes that know nothing of each other. */
export function twoProcessesContract(
  storeName: string,
  openEmpty: () => SharedDatabase | Promise<SharedDatabase>,
): void {
  describe(`two processes on one ${storeName}`, () => {
    let database: SharedDatabase;
    let processes: TwoStoreProcesses;

    beforeEach(async () => {
      database = await openEmpty();
      processes = new TwoStoreProcesses();
    });
    afterEach(async () => {
      await processes.kill();
      database.remove();
    });

    it(
      'both come up on a new database',
      async () => {
        expect(await processes.open(database.place)).toEqual(['open', 'open']);
      },
      LONGEST_MS,
    );

    it(
      'accept each message once when both receive all of them',
      async () => {
        await processes.open(database.place);

        const accepted = (await processes.askBoth({ do: 'receive', count: 200 })).flat();

        expect(accepted).toHaveLength(200);
        expect(new Set(accepted).size).toBe(200);
      },
      LONGEST_MS,
    );

    it(
      'answer each contact once when both look for work',
      async () => {
        await processes.open(database.place);
        await processes.askBoth({ do: 'receive', count: 200 });

        const answered = (await processes.askBoth({ do: 'answer' })).flat();

        expect(answered).toHaveLength(200);
        expect(new Set(answered).size).toBe(200);
      },
      LONGEST_MS,
    );

    it(
      'begin each delivery once when both look for replies',
      async () => {
        await processes.open(database.place);
        await processes.askBoth({ do: 'receive', count: 100 });
        await processes.askBoth({ do: 'answer' });

        const begun = (await processes.askBoth({ do: 'deliver' })).flat();

        expect(begun).toHaveLength(100);
        expect(new Set(begun).size).toBe(100);
      },
      LONGEST_MS,
    );

    it(
      'retry each dead letter once when both retry all of them',
      async () => {
        await processes.open(database.place);
        await ask(processes.first, { do: 'receive', count: 50 });
        await ask(processes.first, { do: 'answer' });
        await ask(processes.first, { do: 'refuse' });

        const retried = (await processes.askBoth({ do: 'retry' })).flat();

        expect(retried).toHaveLength(50);
        expect(new Set(retried).size).toBe(50);
      },
      LONGEST_MS,
    );

    it(
      'erase each row once when both purge, and none of what is still needed',
      async () => {
        await processes.open(database.place);
        await ask(processes.first, { do: 'receive', count: 300 });
        await ask(processes.first, { do: 'answer' });
        await ask(processes.first, { do: 'deliver' });
        await ask(processes.first, { do: 'receive', count: 350 });

        const atOnce = (await processes.askBoth({ do: 'purge' })) as ErasedCounts[];
        // What one was busy with, the other has passed over.
        const afterwards = (await ask(processes.first, { do: 'purge' })) as ErasedCounts;

        const { texts: _, ...erased } = sumOf([...atOnce, afterwards]);
        expect(erased).toEqual({
          rawBodies: 350,
          history: 600,
          replies: 300,
          messages: 300,
          turns: 300,
        });
        expect(await ask(processes.second, { do: 'answer' })).toHaveLength(50);
      },
      LONGEST_MS,
    );

    it(
      'keep what one of them had accepted when it is killed',
      async () => {
        await processes.open(database.place);
        await ask(processes.first, { do: 'receive', count: 50 });
        await kill(processes.first);

        const store = await database.open();

        expect(await store.inbox.depth()).toBe(50);
        await store.close();
      },
      LONGEST_MS,
    );
  });
}

function sumOf(counts: readonly ErasedCounts[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [kind, count] of counts.flatMap((some) => Object.entries(some))) {
    sums[kind] = (sums[kind] ?? 0) + count;
  }
  return sums;
}
