import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type Reception } from '../../../src/application/ports/outbound/inbox.ts';
import { type Store } from '../../../src/application/ports/outbound/store.ts';
import { anArrivalBatch } from '../../builders/an-arrival-batch.ts';
import { anIncomingMessage } from '../../builders/an-incoming-message.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';
import { openTestStore } from '../../support/sqlite-store-under-test.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SEED = 20_261_125;
const RUNS = 60;

/** Messages of one body; a number below zero has no id. */
interface Body {
  readonly ids: readonly number[];
  /** Brings one message more that no row takes, so that all of the body is undone. */
  readonly fails: boolean;
}

/** What happens to the file: bodies that two processes receive at once, a message erased, a process started anew. */
type Action =
  | { readonly do: 'receive'; readonly bodies: readonly (readonly [0 | 1, Body])[] }
  | { readonly do: 'erase'; readonly nth: number }
  | { readonly do: 'restart'; readonly which: 0 | 1 };

const either = fc.constantFrom<(0 | 1)[]>(0, 1);
const body = fc.record({
  ids: fc.array(fc.integer({ min: -1, max: 30 }), { minLength: 1, maxLength: 4 }),
  fails: fc.boolean(),
});
const action = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('receive' as const),
      bodies: fc.array(fc.tuple(either, body), { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('erase' as const), nth: fc.nat({ max: 30 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), which: either }) },
);

interface Taken {
  readonly accepted: readonly number[];
  readonly fresh: readonly number[];
}

/** Two processes on one file that file keys all the time, beside the set of ids that are stored. */
class Filing {
  readonly #files = temporaryFolder();
  readonly #file = path.join(this.#files.folder, 'agent.db');
  readonly #clock = new ManualStoreClock();
  readonly #known = new Map<number, number>();
  #stores: Store[] = [];
  #db: DatabaseSync | undefined;

  async open(): Promise<this> {
    this.#stores = [await this.#openOne(), await this.#openOne()];
    this.#db = new DatabaseSync(this.#file, { timeout: 1_000 });
    return this;
  }

  async close(): Promise<void> {
    this.#db?.close();
    await Promise.all(this.#stores.map((store) => store.close()));
    this.#files.remove();
  }

  async perform(step: Action): Promise<Taken> {
    if (step.do === 'receive') return this.#receive(step.bodies);
    if (step.do === 'erase') this.#erase(step.nth);
    else {
      await this.#stores[step.which]?.close();
      this.#stores[step.which] = await this.#openOne();
    }
    return { accepted: [], fresh: [] };
  }

  /** What the tables hold, as far as it is not as it must be. */
  faults(): unknown {
    const rows = (sql: string): unknown[] => this.#db?.prepare(sql).all() ?? [];
    return {
      twice: rows(
        'SELECT message_key FROM inbox GROUP BY message_key HAVING count(message_key) > 1',
      ),
      notFiled: rows(`SELECT id FROM inbox WHERE id <= (SELECT filed_to FROM key_filing)
        AND message_key IS NOT NULL AND message_key NOT IN (SELECT key FROM filed_key)`),
      withoutMessage: rows(
        'SELECT key FROM filed_key WHERE key NOT IN (SELECT message_key FROM inbox WHERE message_key IS NOT NULL)',
      ),
    };
  }

  #erase(nth: number): void {
    const [id, messageId] = [...this.#known][nth % Math.max(1, this.#known.size)] ?? [];
    if (id === undefined || messageId === undefined) return;
    this.#db?.prepare('DELETE FROM inbox WHERE id = ?').run(messageId);
    this.#known.delete(id);
  }

  #openOne(): Promise<Store> {
    return openTestStore({ file: this.#file, clock: this.#clock, mostUnfiled: 4 });
  }

  /** @returns Which ids were accepted, and which of those in bodies that could be stored were new. */
  async #receive(bodies: readonly (readonly [0 | 1, Body])[]): Promise<Taken> {
    const results = await Promise.allSettled(
      bodies.map(([which, given]) => this.#add(which, given)),
    );
    const accepted = results.flatMap((result, index) =>
      result.status === 'fulfilled' ? named(bodies[index]?.[1], result.value) : [],
    );
    const stored = bodies.flatMap(([, { ids, fails }]) => (fails ? [] : ids));
    const fresh = new Set(stored.filter((id) => id >= 0 && !this.#known.has(id)));
    for (const [id, messageId] of accepted) this.#known.set(id, messageId);
    return { accepted: inOrder(accepted.map(([id]) => id)), fresh: inOrder(fresh) };
  }

  #add(which: 0 | 1, { ids, fails }: Body): Promise<readonly Reception[]> {
    const messages = ids.map((id, index) =>
      anIncomingMessage({
        ...(id < 0 ? { id: undefined as never } : { id: `M${id}` }),
        kind: 'image',
        text: id < 0 ? `sem id ${this.#clock.now()} ${index}` : '',
      }),
    );
    this.#clock.advance(20_000);
    const bad = { ...anIncomingMessage({ id: 'BAD' }), kind: undefined as never };
    const arriving = fails ? [...messages, bad] : messages;
    const { inbox } = this.#stores[which] ?? {};
    if (inbox === undefined) throw new Error('open the stores first');
    return inbox.add(anArrivalBatch(...arriving));
  }
}

/** The accepted messages that have ids, with the ids of their rows. */
function named(given: Body | undefined, receptions: readonly Reception[]): [number, number][] {
  return receptions.flatMap((reception, index): [number, number][] => {
    const id = given?.ids[index] ?? -1;
    return id >= 0 && reception.status === 'accepted' ? [[id, reception.messageId]] : [];
  });
}

const inOrder = (ids: Iterable<number>): number[] => [...ids].sort((a, b) => a - b);

describe('MessageKeys of two processes', () => {
  it('know every message that is stored and no other, whatever happens in whatever order', async () => {
    const seed = Number(process.env['MODEL_SEED'] ?? SEED);
    const sequences = fc.array(action, { minLength: 10, maxLength: 60, size: 'max' });
    const property = fc.asyncProperty(sequences, async (actions) => {
      const filing = await new Filing().open();
      try {
        for (const step of actions) {
          const { accepted, fresh } = await filing.perform(step);
          expect(accepted).toEqual(fresh);
          expect(filing.faults()).toEqual({ twice: [], notFiled: [], withoutMessage: [] });
        }
      } finally {
        await filing.close();
      }
    });

    await expect(fc.assert(property, { seed, numRuns: RUNS })).resolves.toBeUndefined();
  }, 120_000);
});
