import { openPostgresStore } from '../../src/adapters/outbound/postgres/open-postgres-store.ts';
import { openSqliteStore } from '../../src/adapters/outbound/sqlite/open-sqlite-store.ts';
import { type Store } from '../../src/application/ports/outbound/store.ts';
import { type Config } from '../../src/infrastructure/config.ts';

/** How fast a store's clock runs, and since when; the same base for all processes of a database. */
interface FastClock {
  readonly base: number;
  readonly speed: number;
}

/** Opens the store that the configuration names, whose clock runs faster than ours, so that windows pass soon. */
export function openFastStore(
  { conversation, instance = '', database }: Config,
  { base, speed }: FastClock,
): Promise<Store> {
  const { dedupTtlMs, quietMs, maxWaitMs, ignoreFromMe, ignoredContacts, takeover, sendUnknown } =
    conversation;
  const settings = {
    instance,
    owner: `process-${process.pid}`,
    dedupTtlMs,
    timing: { quietMs, maxWaitMs },
    ignoreFromMe,
    ignoredContacts,
    takeover,
    sendUnknown,
    clock: { now: () => Math.round(base + (Date.now() - base) * speed) },
  };
  return database.kind === 'sqlite'
    ? openSqliteStore({ ...settings, file: database.file })
    : openPostgresStore({ ...settings, url: database.url });
}
