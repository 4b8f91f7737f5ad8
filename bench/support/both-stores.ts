import { join } from 'node:path';
import { type StorePlace } from './bench-store.ts';
import { withPostgres } from './postgres.ts';
import { withScratchFolder } from './scratch-folder.ts';

/** Measures so many times on a new SQLite file, then as many times on a new database of one PostgreSQL server. */
export async function onBothStores<Run>(
  runs: number,
  measure: (place: StorePlace) => Promise<Run>,
): Promise<{ readonly sqlite: readonly Run[]; readonly postgres: readonly Run[] }> {
  const sqlite: Run[] = [];
  while (sqlite.length < runs) {
    sqlite.push(await withScratchFolder((folder) => measure({ file: join(folder, 'agent.db') })));
  }
  const postgres: Run[] = [];
  await withPostgres(async (server) => {
    while (postgres.length < runs) {
      postgres.push(await measure({ url: await server.emptyDatabase() }));
    }
  });
  return { sqlite, postgres };
}
