/**
 * One more process on the same database, for tests; driven by messages, one at a time. Node
 * runs this file as it is, without a compiler.
 */
import { type Jid } from '../../src/domain/contact.ts';
import { aTurnResult } from '../builders/a-turn-result.ts';
import { anArrivalBatch } from '../builders/an-arrival-batch.ts';
import { anIncomingMessage } from '../builders/an-incoming-message.ts';
import { openPostgresStore } from '../../src/adapters/outbound/postgres/open-postgres-store.ts';
import { openSqliteStore } from '../../src/adapters/outbound/sqlite/open-sqlite-store.ts';
import { type Store } from '../../src/application/ports/outbound/store.ts';
import { retentionAges } from '../../src/domain/retention.ts';
import { purgeAll } from './purge-all.ts';

export type DatabasePlace = { readonly file: string } | { readonly url: string };

/**
 * - `receive`: brings in so many messages of as many contacts at once.
 * - `answer`: answers whatever is due, till nothing is.
 * - `deliver`: begins whatever is to be sent, and says that it was.
 * - `refuse`: begins whatever is to be sent, and says that it was refused.
 * - `retry`: retries every dead letter that it sees.
 * - `purge`: erases whatever has ended, however young, and says how many rows of each kind.
 */
export type StoreCommand =
  | { readonly do: 'open'; readonly owner: string; readonly database: DatabasePlace }
  | { readonly do: 'receive'; readonly count: number }
  | { readonly do: 'answer' }
  | { readonly do: 'deliver' }
  | { readonly do: 'refuse' }
  | { readonly do: 'retry' }
  | { readonly do: 'purge' }
  | { readonly do: 'close' };

const OF_ANY_AGE = { ...retentionAges(0), rowMs: 0 };

/** As many webhooks as a gateway might post at once. */
const AT_ONCE = 25;

let store: Store | undefined;

process.on('message', (command: StoreCommand) => {
  void run(command).then((result) => process.send?.(result));
});

async function run(command: StoreCommand): Promise<unknown> {
  if (command.do === 'open') {
    store = await open(command.database, command.owner);
    return 'open';
  }
  if (store === undefined) throw new Error('open the store first');
  if (command.do === 'receive') return receiveMany(store, command.count);
  if (command.do !== 'close') return WORK[command.do](store);
  await store.close();
  process.disconnect();
  return undefined;
}

function open(database: DatabasePlace, owner: string): Promise<Store> {
  const timing = { quietMs: 0, maxWaitMs: 0 };
  const takeover = { takeoverMs: 0, words: { off: '#pausar', on: '#voltar' } };
  const common = { instance: 'loja', dedupTtlMs: 12_000, ignoreFromMe: true };
  const settings = { ...common, owner, timing, takeover, sendUnknown: 'resend_once' as const };
  return 'file' in database
    ? openSqliteStore({ ...settings, ...database })
    : openPostgresStore({ ...settings, ...database });
}

const WORK = {
  answer: answerAll,
  deliver: deliverAll,
  refuse: refuseAll,
  retry: retryAll,
  purge: (opened: Store) => purgeAll(opened, OF_ANY_AGE),
} as const;

async function receiveMany({ inbox }: Store, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => String(1_000 + index));
  const accepted: string[] = [];
  const untaken = ids.values();
  const takeSome = async (): Promise<void> => {
    for (const id of untaken) {
      const identity = { phone: `55839888${id}@s.whatsapp.net` as Jid };
      const [reception] = await inbox.add(anArrivalBatch(anIncomingMessage({ id, identity })));
      if (reception?.status === 'accepted') accepted.push(id);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeSome));
  return accepted;
}

async function answerAll({ inbox }: Store): Promise<number[]> {
  const answered: number[] = [];
  while ((await inbox.depth()) > 0) {
    for (const { lease } of await inbox.claimTurns(4)) {
      const state = await inbox.commitTurn(lease, aTurnResult());
      if (state === 'held') answered.push(lease.contactId);
    }
  }
  return answered;
}

async function deliverAll({ outbox }: Store): Promise<number[]> {
  const begun: number[] = [];
  while ((await outbox.depth()) > 0) {
    for (const delivery of await outbox.claimDeliveries(4)) {
      begun.push(delivery.id);
      await outbox.settle(delivery, { kind: 'sent', gatewayId: `OUT-${delivery.id}` });
    }
  }
  return begun;
}

async function refuseAll({ outbox }: Store): Promise<number[]> {
  const refused: number[] = [];
  while ((await outbox.depth()) > 0) {
    for (const delivery of await outbox.claimDeliveries(4)) {
      refused.push(delivery.id);
      await outbox.settle(delivery, { kind: 'rejected', reason: 'HTTP 400' });
    }
  }
  return refused;
}

async function retryAll({ deadLetters }: Store): Promise<number[]> {
  const letters = await deadLetters.list({ limit: 200 });
  const retried: number[] = [];
  await Promise.all(
    letters.map(async (letter) => {
      const { status } = await deadLetters.retry(letter);
      if (status === 'retried') retried.push(letter.id);
    }),
  );
  return retried;
}
