import { Client } from 'pg';

import { type Store } from '../../src/application/ports/outbound/store.ts';
import { replaced } from './replaced.ts';

/** Where a process stops itself, to be woken by SIGCONT; what it finds then, it tells its parent. */
export type StopPoint = 'before_turn_commit' | 'after_sending_commit';

/** How long the signal may take to arrive, ms. */
const ARRIVES_WITHIN_MS = 50;

let hasStopped = false;

/** The first time, nothing of this process runs until somebody wakes it. */
function standStill(): void {
  if (hasStopped) return;
  hasStopped = true;
  process.kill(process.pid, 'SIGSTOP');
  const sentAt = performance.now();
  while (performance.now() - sentAt < ARRIVES_WITHIN_MS);
}

/** The next COMMIT that this process sends to PostgreSQL is preceded by a stop. */
export function standStillAtCommit(onStop: () => void): void {
  const query: unknown = Reflect.get(Client.prototype, 'query');
  Reflect.set(Client.prototype, 'query', function (this: Client, ...all: unknown[]): unknown {
    const [first] = all;
    const text = typeof first === 'string' ? first : (first as { text?: string }).text;
    if (text === 'COMMIT' && !hasStopped) {
      onStop();
      standStill();
    }
    return Reflect.apply(query as (...all: unknown[]) => unknown, this, all);
  });
}

/** The store, in which the process stands still once at one step. */
export function stoppingStore(store: Store, point: string | undefined): Store {
  const { inbox, outbox } = store;
  if (point === 'before_turn_commit') {
    const commitTurn: typeof inbox.commitTurn = async (lease, result) => {
      standStill();
      const state = await inbox.commitTurn(lease, result);
      process.send?.(state);
      return state;
    };
    return { ...store, inbox: replaced(inbox, { commitTurn }) };
  }
  if (point === 'after_sending_commit') {
    const claimDeliveries: typeof outbox.claimDeliveries = async (limit) => {
      const deliveries = await outbox.claimDeliveries(limit);
      if (deliveries.length > 0) standStill();
      return deliveries;
    };
    const standing: typeof outbox.standing = async (delivery) => {
      const result = await outbox.standing(delivery);
      process.send?.(result);
      return result;
    };
    return { ...store, outbox: replaced(outbox, { claimDeliveries, standing }) };
  }
  return store;
}
