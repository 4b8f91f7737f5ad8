import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type DeadLetters } from '../../src/application/ports/outbound/dead-letters.ts';
import { type LeaseState } from '../../src/application/ports/outbound/inbox.ts';
import { type ContactId } from '../../src/domain/contact.ts';
import { type DeadLetterReference } from '../../src/domain/dead-letter.ts';
import { type Delivery, type OutboxId } from '../../src/domain/delivery.ts';
import { type Lease } from '../../src/domain/turn.ts';
import { anInMemoryStore } from '../doubles/in-memory-store.ts';
import { ManualStoreClock } from '../doubles/manual-store-clock.ts';
import { purgeAll } from '../support/purge-all.ts';
import { type StoreAction, storeActions } from '../support/store-actions.ts';
import { type OpenStore, type StoreUnderTest, proveEchoes } from '../support/store-under-test.ts';

/** What a store has handed out so far, for actions to take up. */
interface HandedOut {
  readonly leases: Lease[];
  readonly deliveries: Delivery[];
  readonly replies: OutboxId[];
}

/** The same everywhere, so that a change is judged by what it changes; MODEL_SEED explores others. */
const SEED = 20_261_123;

const RUNS = 40;
const LONGEST_RUN = 100;

/** Figures are sums of what came before: a difference does not go away, and asking is dear. */
const LOOK_EVERY = 10;

/** Whatever is done to a store in whatever order, it answers as the one in memory does. */
export function storeModelContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} compared with the store in memory`, () => {
    it('answers every step of any sequence alike', async () => {
      const seed = Number(process.env['MODEL_SEED'] ?? SEED);
      process.stderr.write(`${storeName}: MODEL_SEED=${seed}\n`);

      const sequences = fc.array(storeActions, {
        minLength: 10,
        maxLength: LONGEST_RUN,
        size: 'max',
      });
      const settings = fc.record({ sendUnknown: fc.constantFrom('resend_once', 'hold') });
      const property = fc.asyncProperty(
        sequences,
        settings,
        fc.nat({ max: 3 }),
        async (...draw) => {
          const [actions, overrides, chance] = draw;
          const clock = new ManualStoreClock();
          const inMemory = anInMemoryStore({ ...overrides, clock });
          const model = { ...inMemory, clock, close: () => Promise.resolve() };
          const store = await openEmpty(overrides);
          try {
            // Silence proves something only after twenty echoes, more than a sequence has.
            if (chance === 0) await Promise.all([proveEchoes(model), proveEchoes(store)]);
            await compare(store, model, actions);
          } finally {
            await store.close();
          }
        },
      );
      const check = fc.assert(property, { seed, numRuns: RUNS });

      await expect(check).resolves.toBeUndefined();
    }, 180_000);
  });
}

async function compare(
  store: StoreUnderTest,
  model: StoreUnderTest,
  actions: readonly StoreAction[],
): Promise<void> {
  const handedOut: HandedOut = { leases: [], deliveries: [], replies: [] };
  for (const [step, action] of actions.entries()) {
    const expected = await perform(model, action, handedOut);
    const answer = await perform(store, action, handedOut);
    expect(answer).toEqual(expected);
    expect(await lookAt(store)).toEqual(await lookAt(model));
    if (step % LOOK_EVERY === 0) await compareFigures(store, model);
    note(expected, handedOut);
  }
  await compareFigures(store, model);
  const contacts = [1, 2, 3, 4, 5, 6] as ContactId[];
  const summaries = await model.conversations.summaries();
  expect(await store.conversations.summaries()).toEqual(summaries);
  for (const id of contacts.filter((id) => summaries.some(({ contactId }) => contactId === id))) {
    expect(await store.conversations.history(id, 50)).toEqual(
      await model.conversations.history(id, 50),
    );
  }
}

async function compareFigures(store: StoreUnderTest, model: StoreUnderTest): Promise<void> {
  expect(await store.outbox.figures()).toEqual(await model.outbox.figures());
  expect(await store.deadLetters.counts()).toEqual(await model.deadLetters.counts());
}

async function lookAt({ inbox, outbox, instances }: StoreUnderTest): Promise<unknown> {
  return {
    nextTurnInMs: await inbox.nextTurnInMs(),
    nextDeliveryInMs: await outbox.nextDeliveryInMs(),
    inboxDepth: await inbox.depth(),
    outboxDepth: await outbox.depth(),
    instance: await instances.state(),
  };
}

function note(answer: unknown, handedOut: HandedOut): void {
  if (!Array.isArray(answer)) return;
  for (const item of answer as (Record<string, unknown> | number)[]) {
    if (typeof item === 'number') handedOut.replies.push(item as OutboxId);
    else if ('lease' in item) handedOut.leases.push(item['lease'] as Lease);
    else if ('attempt' in item) handedOut.deliveries.push(item as unknown as Delivery);
  }
}

/** The n-th newest; `undefined` where nothing was handed out yet. */
function pick<T>(items: readonly T[], index: number): T | undefined {
  return items.length === 0 ? undefined : items.at(-1 - (index % items.length));
}

type Performances = {
  readonly [Do in StoreAction['do']]: (
    store: StoreUnderTest,
    action: Extract<StoreAction, { readonly do: Do }>,
    handedOut: HandedOut,
  ) => Promise<unknown>;
};

const PERFORMANCES: Performances = {
  add: ({ inbox }, { batch }) => inbox.add(batch),
  advance: ({ clock }, { ms }) => {
    clock.advance(ms);
    return Promise.resolve();
  },
  claimTurns: ({ inbox }, { limit }) => inbox.claimTurns(limit),
  lease: (store, action, { leases }) => useLease(store, action, pick(leases, action.which)),
  claimDeliveries: ({ outbox }, { limit }) => outbox.claimDeliveries(limit),
  settle: ({ outbox }, { which, outcome }, { deliveries }) => {
    const delivery = pick(deliveries, which);
    if (delivery === undefined) return Promise.resolve();
    // What was purged cannot be settled any more.
    return outbox.settle(delivery, outcome).catch(() => 'gone');
  },
  standing: ({ outbox }, { which }, { deliveries }) => {
    const delivery = pick(deliveries, which);
    return delivery === undefined ? Promise.resolve() : outbox.standing(delivery);
  },
  enqueue: ({ outbox }, message) => outbox.enqueue(message),
  cancel: ({ outbox }, { which }, { replies }) =>
    outbox.cancel([...new Set(which.flatMap((one) => pick(replies, one) ?? []))]),
  retryLetter: ({ deadLetters }, { which }) =>
    decide(deadLetters, which, (one) => deadLetters.retry(one)),
  dismissLetter: ({ deadLetters }, { which }) =>
    decide(deadLetters, which, (one) => deadLetters.dismiss(one)),
  pause: ({ takeovers }, { contact, forMs }) => takeovers.pause(contact, forMs),
  resume: ({ takeovers }, { contact }) => takeovers.resume(contact),
  reset: ({ conversations }, { identity }) => conversations.reset(identity),
  setConnected: ({ instances }, { connected }) => instances.setConnected(connected),
  beat: ({ registry }) => registry.beat(),
  release: ({ registry }) => registry.release('worker-1'),
  purge: (store, { ages }) => purgeAll(store, ages),
  remember: ({ dedup }, { key, ttlMs }) => dedup.remember(key, ttlMs),
  tokens: ({ conversations }, { ms }) => conversations.tokensWithinMs(ms),
};

/** What there is to decide about, and what came of the decision. */
async function decide(
  deadLetters: DeadLetters,
  which: number,
  decision: (letter: DeadLetterReference) => Promise<unknown>,
): Promise<unknown> {
  const letters = await deadLetters.list({ limit: 50 });
  const letter = pick(letters, which);
  return { letters, came: letter === undefined ? undefined : await decision(letter) };
}

function perform(
  store: StoreUnderTest,
  action: StoreAction,
  handedOut: HandedOut,
): Promise<unknown> {
  // The table has a function for each kind of step; that this is the step's own is beyond the compiler.
  const performance = PERFORMANCES[action.do] as (...of: unknown[]) => Promise<unknown>;
  return performance(store, action, handedOut);
}

function useLease(
  { inbox }: StoreUnderTest,
  action: Extract<StoreAction, { readonly do: 'lease' }>,
  lease: Lease | undefined,
): Promise<LeaseState | undefined> {
  if (lease === undefined) return Promise.resolve(undefined);
  switch (action.how) {
    case 'renew':
      return inbox.renew(lease);
    case 'check':
      return inbox.check(lease);
    case 'commit':
      return inbox.commitTurn(lease, action.result);
    case 'giveBack':
      return inbox.giveBack(lease, action.handBack, action.spent).then(() => undefined);
  }
}
