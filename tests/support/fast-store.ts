import { openPostgresStore } from '../../src/adapters/outbound/postgres/open-postgres-store.ts';
import { openSqliteStore } from '../../src/adapters/outbound/sqlite/open-sqlite-store.ts';
import { type Store } from '../../src/application/ports/outbound/store.ts';
import { type Config } from '../../src/infrastructure/config.ts';
import { replaced } from './replaced.ts';

/** How fast a store's clock runs, and since when; the same base for all processes of a database. */
interface FastClock {
  readonly base: number;
  readonly speed: number;
}

/** Opens the store that the configuration names, whose clock runs faster than ours, so that windows pass soon. */
export async function openFastStore(
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
  const store =
    database.kind === 'sqlite'
      ? await openSqliteStore({ ...settings, file: database.file })
      : await openPostgresStore({ ...settings, url: database.url });
  return neverLate(store);
}

/** By such a clock a moment is long, and what begins at once might count as late. */
function neverLate(store: Store): Store {
  const { outbox } = store;
  const standing: typeof outbox.standing = async (delivery) => {
    const found = await outbox.standing(delivery);
    return found === 'late' ? 'current' : found;
  };
  return { ...store, outbox: replaced(outbox, { standing }) };
}
