import path from 'node:path';

import {
  type SqliteStoreOptions,
  openSqliteStore,
} from '../../src/adapters/outbound/sqlite/open-sqlite-store.ts';
import { type Store } from '../../src/application/ports/outbound/store.ts';
import { ManualStoreClock } from '../doubles/manual-store-clock.ts';
import { type OpenStore, type StoreUnderTest } from './store-under-test.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The store's settings in tests, on a file of the caller's. */
export function openTestStore(
  options: Pick<SqliteStoreOptions, 'file'> & Partial<SqliteStoreOptions>,
): Promise<Store> {
  return openSqliteStore({
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

/** A store on a real file of its own, which goes when it is closed. */
export async function openEmptySqliteStore(
  overrides?: Parameters<OpenStore>[0] & Pick<SqliteStoreOptions, 'mostUnfiled'>,
): Promise<StoreUnderTest> {
  const { folder, remove } = temporaryFolder();
  const clock = new ManualStoreClock();
  const store = await openTestStore({ file: path.join(folder, 'agent.db'), clock, ...overrides });
  const close = async (): Promise<void> => {
    await store.close();
    remove();
  };
  return { ...store, clock, close };
}
