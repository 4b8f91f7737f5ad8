import { hash } from 'node:crypto';

import { initialSchema } from './migrations/001-initial.ts';
import { type SqliteDatabase } from './sqlite-database.ts';

/** One step of the schema. Once released its text never changes again. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

const MIGRATIONS: readonly Migration[] = [{ version: 1, sql: initialSchema }];

const BOOKKEEPING = `
CREATE TABLE IF NOT EXISTS migration (
  version INTEGER PRIMARY KEY,
  checksum TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS store_clock (
  boot_id TEXT PRIMARY KEY,
  offset_ms INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
`;

/**
 * Brings the schema up to date in one transaction, which processes that start at the same moment
 * enter one after the other. Steps that only a newer release knows are left alone, so that old and
 * new processes can run side by side while they are replaced.
 *
 * @throws Error when a step that was applied reads differently now.
 */
export async function migrate(
  db: SqliteDatabase,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await db.write(() => {
    db.script(BOOKKEEPING);
    for (const migration of migrations) apply(db, migration);
  });
}

function apply(db: SqliteDatabase, { version, sql }: Migration): void {
  const checksum = hash('sha256', sql);
  const applied = db.get('SELECT checksum FROM migration WHERE version = ?', version);
  if (applied === undefined) {
    db.script(sql);
    db.run(
      'INSERT INTO migration (version, checksum, applied_at) VALUES (?, ?, ?)',
      version,
      checksum,
      Date.now(),
    );
  } else if (applied['checksum'] !== checksum) {
    throw new Error(`migration ${version} was changed after it had been applied to this database`);
  }
}
