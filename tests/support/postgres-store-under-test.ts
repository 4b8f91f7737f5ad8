import {
  type PostgresStoreOptions,
  openPostgresStore,
} from '../../src/adapters/outbound/postgres/open-postgres-store.ts';
import { type Store } from '../../src/application/ports/outbound/store.ts';
import { ManualStoreClock } from '../doubles/manual-store-clock.ts';
import { type PostgresServer } from './postgres-server.ts';
import { type OpenStore } from './store-under-test.ts';

/** The store's settings in tests, in a database of the caller's. */
export function openTestStore(
  options: Pick<PostgresStoreOptions, 'url'> & Partial<PostgresStoreOptions>,
): Promise<Store> {
  return openPostgresStore({
    instance: 'loja',
    owner: 'worker-1',
    dedupTtlMs: 12_000,
    timing: { quietMs: 2_000, maxWaitMs: 15_000 },
    ignoreFromMe: true,
    takeover: { takeoverMs: 3_600_000, words: { off: '#pausar', on: '#voltar' } },
    sendUnknown: 'resend_once',
    ...options,
  });
}

/** Opens stores in schemas of their own, which go with the server. */
export function emptyPostgresStores(server: () => PostgresServer): OpenStore {
  return async (overrides) => {
    const clock = new ManualStoreClock();
    const url = await server().emptySchema();
    const store = await openTestStore({ url, clock, ...overrides });
    return { ...store, clock };
  };
}
