import { openPostgresStore } from '../../src/adapters/outbound/postgres/open-postgres-store.ts';
import { openSqliteStore } from '../../src/adapters/outbound/sqlite/open-sqlite-store.ts';
import { type StoreClock } from '../../src/application/ports/outbound/store-clock.ts';
import { type Store } from '../../src/application/ports/outbound/store.ts';

/** Where a store is. */
export type StorePlace = { readonly file: string } | { readonly url: string };

/** Opens a store in which every burst is complete at once. */
export function openBenchStore(
  place: StorePlace,
  { owner = 'bench', clock }: { readonly owner?: string; readonly clock?: StoreClock } = {},
): Promise<Store> {
  const settings = {
    instance: 'instance-of-the-bench',
    owner,
    dedupTtlMs: 12_000,
    timing: { quietMs: 0, maxWaitMs: 0 },
    ignoreFromMe: true,
    takeover: { takeoverMs: 0, words: { off: '#pausar', on: '#voltar' } },
    sendUnknown: 'resend_once' as const,
    ...(clock === undefined ? {} : { clock }),
  };
  return 'file' in place
    ? openSqliteStore({ ...settings, ...place })
    : openPostgresStore({ ...settings, ...place });
}
