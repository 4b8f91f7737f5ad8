import { DatabaseSync, type StatementSync } from 'node:sqlite';

import { Client } from 'pg';

import { type Store } from '../../src/application/ports/outbound/store.ts';
import { replaced } from './replaced.ts';

/** Where a process dies by its own hand. `after_post` is the gateway's to do: it knows when the request has come in. */
export type CrashPoint =
  | 'inside_migration'
  | 'inside_group_commit'
  | 'after_turn_commit'
  | 'after_sending_commit'
  | 'before_sent_commit';

/** Ends this process as the kernel would: nothing more runs, nothing is flushed. */
function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal comes at the return to this process; until then not one statement more is to run.
  for (;;);
}

/** From now on the next COMMIT of this process is its end: everything is written, nothing is committed. */
export function dieAtCommit(): void {
  isArmed = true;
}

let isArmed = false;

/** Watches the drivers of both databases; to be called before a database is opened. */
export function watchCommits(): void {
  const prepare: unknown = Reflect.get(DatabaseSync.prototype, 'prepare');
  DatabaseSync.prototype.prepare = function (sql: string): StatementSync {
    const statement = Reflect.apply(prepare as (sql: string) => StatementSync, this, [sql]);
    if (sql !== 'COMMIT') return statement;
    const run = statement.run.bind(statement);
    statement.run = (...parameters: never[]) => (isArmed ? die() : run(...parameters));
    return statement;
  };
  const query: unknown = Reflect.get(Client.prototype, 'query');
  Reflect.set(Client.prototype, 'query', function (this: Client, ...all: unknown[]): unknown {
    const [first] = all;
    const text = typeof first === 'string' ? first : (first as { text?: string }).text;
    if (isArmed && text === 'COMMIT') return die();
    return Reflect.apply(query as (...all: unknown[]) => unknown, this, all);
  });
}

/** The store, in which the process dies at one step. */
export function dyingStore(store: Store, point: string | undefined): Store {
  const { inbox, outbox } = store;
  if (point === 'after_turn_commit') {
    const commitTurn: typeof inbox.commitTurn = async (lease, result) => {
      await inbox.commitTurn(lease, result);
      return die();
    };
    return { ...store, inbox: replaced(inbox, { commitTurn }) };
  }
  if (point === 'after_sending_commit') {
    const claimDeliveries: typeof outbox.claimDeliveries = async (limit) => {
      const deliveries = await outbox.claimDeliveries(limit);
      return deliveries.length === 0 ? deliveries : die();
    };
    return { ...store, outbox: replaced(outbox, { claimDeliveries }) };
  }
  if (point === 'before_sent_commit') {
    return { ...store, outbox: replaced(outbox, { settle: () => die() }) };
  }
  return store;
}
