/**
 * A process that holds the write lock of a SQLite store, for tests; `node <this> <file> <how>`:
 *
 * - `hung`: belongs to the service, and stops itself in the middle of a write.
 * - `slow`: belongs to the service, writes nearly all the time, and shows that it lives.
 * - `stranger`: does not belong to the service, and stops itself in the middle of a write.
 *
 * Says `holding` to its parent before that.
 */
import { DatabaseSync } from 'node:sqlite';

import { openSqliteStore } from '../../src/adapters/outbound/sqlite/open-sqlite-store.ts';
import { SystemProcessTable } from '../../src/adapters/outbound/system/system-process-table.ts';

/** How long `slow` keeps the others waiting at a time, ms. */
const SLOW_MS = 900;

const [, , file = '', how = ''] = process.argv;

if (how !== 'stranger') await join();
// It waits for its turn: another writer may come between two of its own transactions.
const db = new DatabaseSync(file, { timeout: 5_000 });
db.exec('BEGIN IMMEDIATE');
process.send?.('holding', () => {
  if (how === 'slow') beSlow();
  else process.kill(process.pid, 'SIGSTOP');
});

async function join(): Promise<void> {
  const store = await openSqliteStore({
    file,
    instance: 'loja',
    owner: 'worker-2',
    dedupTtlMs: 12_000,
    timing: { quietMs: 0, maxWaitMs: 0 },
    ignoreFromMe: true,
    takeover: { takeoverMs: 0, words: { off: '#pausar', on: '#voltar' } },
    sendUnknown: 'resend_once',
  });
  await store.registry.register(new SystemProcessTable().self, { host: 'shop', number: 1 });
}

/** Lets go for so short a time that hardly anybody else gets the lock. */
function beSlow(): void {
  const beat = db.prepare(
    `UPDATE worker SET beat_at = ? + (SELECT offset_ms FROM store_clock) WHERE owner = 'worker-2'`,
  );
  for (;;) {
    beat.run(Number(process.hrtime.bigint() / 1_000_000n));
    const until = performance.now() + SLOW_MS;
    while (performance.now() < until);
    db.exec('COMMIT; BEGIN IMMEDIATE');
  }
}
