import { hash } from 'node:crypto';

import { type ClientBase } from 'pg';

import { initialSchema } from './migrations/001-initial.ts';

/** One step of the schema. Once released its text never changes again. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

const MIGRATIONS: readonly Migration[] = [{ version: 1, sql: initialSchema }];

/** Processes that start at the same moment wait here for one another, ms; a step may take long, and has no limit itself. */
const LOCK_WITHIN_MS = 60_000;

const BEGIN = `
BEGIN;
SET LOCAL statement_timeout = 0;
SET LOCAL lock_timeout = ${LOCK_WITHIN_MS};
SELECT pg_advisory_xact_lock(hashtextextended('whatsapp-agent migration ' || coalesce(current_schema(), ''), 0));
CREATE TABLE IF NOT EXISTS migration (
  version BIGINT PRIMARY KEY,
  checksum TEXT NOT NULL,
  applied_at BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS store_clock (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  offset_ms BIGINT NOT NULL
);
INSERT INTO store_clock (id, offset_ms) VALUES (1, 0) ON CONFLICT (id) DO NOTHING;
`;

/**
 * Brings the schema up to date in one transaction, which processes that start at the same moment
 * enter one after the other. Steps that only a newer release knows are left alone, so that old and
 * new processes can run side by side while they are replaced.
 *
 * @throws Error when a step that was applied reads differently now.
 */
export async function migrate(
  client: ClientBase,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  try {
    await client.query(BEGIN);
    for (const migration of migrations) await apply(client, migration);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function apply(client: ClientBase, { version, sql }: Migration): Promise<void> {
  const checksum = hash('sha256', sql);
  const { rows } = await client.query<{ checksum: string }>(
    'SELECT checksum FROM migration WHERE version = $1',
    [version],
  );
  const [applied] = rows;
  if (applied === undefined) {
    await client.query(sql);
    await client.query(
      'INSERT INTO migration (version, checksum, applied_at) VALUES ($1, $2, $3)',
      [version, checksum, Date.now()],
    );
  } else if (applied.checksum !== checksum) {
    throw new Error(`migration ${version} was changed after it had been applied to this database`);
  }
}
