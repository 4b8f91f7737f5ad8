/**
 * A process that stands still in the middle of a claim on PostgreSQL, for tests; `node <this> <url>`.
 * Says `holding` before that and, once woken, what became of its claim.
 */
import { openPostgresStore } from '../../src/adapters/outbound/postgres/open-postgres-store.ts';
import { standStillAtCommit } from './stop-point.ts';

const store = await openPostgresStore({
  url: process.argv[2] ?? '',
  instance: 'loja',
  owner: 'worker-2',
  dedupTtlMs: 12_000,
  timing: { quietMs: 0, maxWaitMs: 0 },
  ignoreFromMe: true,
  takeover: { takeoverMs: 0, words: { off: '#pausar', on: '#voltar' } },
  sendUnknown: 'resend_once',
});
standStillAtCommit(() => process.send?.('holding'));
const claim = await store.inbox.claimTurns(1).then(
  (turns) => `${turns.length} claimed`,
  (error: unknown) => (error as Error).name,
);
process.send?.(claim);
