/**
 * One more process on the same database file, for tests; driven by messages, one at a time. Node
 * runs this file as it is, without a compiler.
 */
import { type Jid } from '../../src/domain/contact.ts';
import { aTurnResult } from '../builders/a-turn-result.ts';
import { anArrivalBatch } from '../builders/an-arrival-batch.ts';
import { anIncomingMessage } from '../builders/an-incoming-message.ts';
import {
  type SqliteStore,
  openSqliteStore,
} from '../../src/adapters/outbound/sqlite/open-sqlite-store.ts';

/** `receive`: brings in so many messages of as many contacts at once. `answer`: answers whatever is due, till nothing is. */
export type StoreCommand =
  | { readonly do: 'open'; readonly file: string; readonly owner: string }
  | { readonly do: 'receive'; readonly count: number }
  | { readonly do: 'answer' }
  | { readonly do: 'close' };

let store: SqliteStore | undefined;

process.on('message', (command: StoreCommand) => {
  void run(command).then((result) => process.send?.(result));
});

async function run(command: StoreCommand): Promise<unknown> {
  if (command.do === 'open') {
    const timing = { quietMs: 0, maxWaitMs: 0 };
    const { file, owner } = command;
    const takeover = { takeoverMs: 0, words: { off: '#pausar', on: '#voltar' } };
    const settings = { instance: 'loja', dedupTtlMs: 12_000, ignoreFromMe: true };
    store = await openSqliteStore({ file, owner, timing, takeover, ...settings });
    return 'open';
  }
  if (store === undefined) throw new Error('open the store first');
  if (command.do === 'receive') return receiveMany(store, command.count);
  if (command.do === 'answer') return answerAll(store);
  await store.close();
  process.disconnect();
  return undefined;
}

async function receiveMany({ inbox }: SqliteStore, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => String(1_000 + index));
  const receptions = await Promise.all(
    ids.map((id) => {
      const identity = { phone: `55839888${id}@s.whatsapp.net` as Jid };
      return inbox.add(anArrivalBatch(anIncomingMessage({ id, identity })));
    }),
  );
  return ids.filter((_, index) => receptions[index]?.[0]?.status === 'accepted');
}

async function answerAll({ inbox }: SqliteStore): Promise<number[]> {
  const answered: number[] = [];
  for (;;) {
    const turns = await inbox.claimTurns(4);
    if (turns.length === 0) return answered;
    for (const { lease } of turns) {
      const state = await inbox.commitTurn(lease, aTurnResult());
      if (state === 'held') answered.push(lease.contactId);
    }
  }
}
