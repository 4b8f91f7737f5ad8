import { type StoreSettings } from '../../../application/ports/outbound/store.ts';
import { type ContactId } from '../../../domain/contact.ts';
import { isPaused, longerPause } from '../../../domain/takeover.ts';
import { burstReadyAt } from '../../../domain/turn.ts';
import { BELONGINGS } from '../sql/contact-row.ts';
import { type PauseColumns, pauseOf } from '../sql/pause-columns.ts';
import { type PostgresSession } from './postgres-session.ts';

/**
 * Makes two contacts, both locked by the caller, one: all that was the loser's is the winner's, and
 * what waits there is due. The loser's lease is void, and the winner's too if messages came over
 * that its holder has not seen, or a pause.
 */
export async function joinContacts(
  tx: PostgresSession,
  settings: StoreSettings,
  [winner, loser]: readonly [ContactId, ContactId],
): Promise<void> {
  const waiting = await tx.get(
    `SELECT 1 FROM inbox WHERE contact_id = $1 AND state = 'pending' LIMIT 1`,
    loser,
  );
  for (const table of BELONGINGS) {
    await tx.run(`UPDATE ${table} SET contact_id = $1 WHERE contact_id = $2`, winner, loser);
  }
  await inherit(tx, winner, loser);
  await keepLongerPause(tx, winner, loser);
  await tx.run(
    `UPDATE contact SET merged_into = $1, first_pending_at = NULL, ready_at = NULL,
       lease_owner = NULL, lease_until = NULL, fence = fence + 1, person_since = NULL, person_reason = NULL,
       paused_by = NULL, paused_until = NULL
     WHERE id = $2`,
    winner,
    loser,
  );
  await tx.run('UPDATE contact SET merged_into = $1 WHERE merged_into = $2', winner, loser);
  if (waiting !== undefined) await makeDue(tx, settings, winner);
}

/** What the winner does not know of itself it has from the loser. */
async function inherit(tx: PostgresSession, winner: ContactId, loser: ContactId): Promise<void> {
  await tx.run(
    `UPDATE contact SET
       name = coalesce(contact.name, other.name),
       phone_jid = coalesce(contact.phone_jid, other.phone_jid),
       lid_jid = coalesce(contact.lid_jid, other.lid_jid),
       person_reason = coalesce(contact.person_reason, other.person_reason),
       person_since = coalesce(contact.person_since, other.person_since)
     FROM contact AS other WHERE contact.id = $1 AND other.id = $2`,
    winner,
    loser,
  );
}

/** Whose turn began before the pause was known may not answer any more. */
async function keepLongerPause(
  tx: PostgresSession,
  winner: ContactId,
  loser: ContactId,
): Promise<void> {
  const rows = (await tx.all(
    'SELECT paused_by, paused_until FROM contact WHERE id IN ($1, $2) ORDER BY id = $2',
    winner,
    loser,
  )) as unknown as PauseColumns[];
  const [one, other] = rows.map((row) => pauseOf(row));
  const pause = longerPause(one, other);
  if (!isPaused(pause, await tx.now())) return;
  await tx.run(
    `UPDATE contact SET paused_by = $1, paused_until = $2, lease_owner = NULL, lease_until = NULL,
       fence = fence + 1
     WHERE id = $3`,
    pause.by,
    pause.until,
    winner,
  );
}

async function makeDue(
  tx: PostgresSession,
  settings: StoreSettings,
  winner: ContactId,
): Promise<void> {
  const { first, last } = (await tx.get(
    `SELECT min(received_at) AS first, max(received_at) AS last
     FROM inbox WHERE contact_id = $1 AND state = 'pending'`,
    winner,
  )) as unknown as { first: number; last: number };
  await tx.run(
    `UPDATE contact SET first_pending_at = $1, ready_at = $2, lease_owner = NULL, lease_until = NULL,
       fence = fence + 1
     WHERE id = $3`,
    first,
    burstReadyAt(first, last, settings.timing),
    winner,
  );
}
