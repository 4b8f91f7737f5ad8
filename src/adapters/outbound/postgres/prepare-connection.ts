import { type ClientBase } from 'pg';

import { StoreUnavailableError } from '../../../application/ports/outbound/store-unavailable-error.ts';

/** What the server ends by itself: no statement, lock or forgotten transaction holds others up for longer, ms. */
const LIMITS_MS = { statement: 4_000, lock: 2_000, idleInTransaction: 5_000 } as const;

/** `synchronous_commit` is pinned to what was found, so that a change of the default does not loosen it later. */
const PREPARE = `
  SELECT current_setting('fsync') AS fsync,
         set_config('synchronous_commit', current_setting('synchronous_commit'), false) AS synchronous_commit,
         current_setting('server_encoding') AS server_encoding,
         set_config('statement_timeout', '${LIMITS_MS.statement}', false),
         set_config('lock_timeout', '${LIMITS_MS.lock}', false),
         set_config('idle_in_transaction_session_timeout', '${LIMITS_MS.idleInTransaction}', false)`;

interface FoundSettings {
  readonly fsync: string;
  readonly synchronous_commit: string;
  readonly server_encoding: string;
}

/**
 * Leaves the connection durable and bounded in time.
 *
 * @throws StoreUnavailableError on a server that would lose acknowledged messages in a power cut,
 *   or that cannot hold every character.
 */
export async function prepareConnection(client: ClientBase): Promise<void> {
  const { rows } = await client.query<FoundSettings>(PREPARE);
  const [found] = rows;
  if (found === undefined) throw new StoreUnavailableError('PostgreSQL did not tell its settings');
  for (const name of ['fsync', 'synchronous_commit'] as const) {
    if (found[name] !== 'off') continue;
    throw new StoreUnavailableError(
      `PostgreSQL runs with ${name} = off, which loses acknowledged messages in a power cut: set it to on`,
    );
  }
  if (found.server_encoding !== 'UTF8') {
    throw new StoreUnavailableError(
      `the database's encoding is ${found.server_encoding}: create it with ENCODING 'UTF8'`,
    );
  }
}
