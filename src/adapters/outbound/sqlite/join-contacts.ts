import { type ContactId } from '../../../domain/contact.ts';
import { isPaused, longerPause } from '../../../domain/takeover.ts';
import { burstReadyAt } from '../../../domain/turn.ts';
import { BELONGINGS } from '../sql/contact-row.ts';
import { type PauseColumns, pauseOf } from '../sql/pause-columns.ts';
import { type SqliteContext } from './sqlite-context.ts';

/**
 * Makes two contacts one: all that was the loser's is the winner's, and what waits there is due.
 * The loser's lease is void, and the winner's too if messages came over that its holder has not seen,
 * or a pause.
 */
export function joinContacts(context: SqliteContext, winner: ContactId, loser: ContactId): void {
  const { db } = context;
  const isWaiting =
    db.get(
      `SELECT 1 FROM inbox INDEXED BY inbox_waiting
       WHERE contact_id = ? AND state = 'pending' LIMIT 1`,
      loser,
    ) !== undefined;
  for (const table of BELONGINGS) {
    if (table === 'inbox') moveMessages(context, winner, loser);
    else db.run(`UPDATE ${table} SET contact_id = ? WHERE contact_id = ?`, winner, loser);
  }
  inherit(context, winner, loser);
  keepLongerPause(context, winner, loser);
  db.run(
    `UPDATE contact SET merged_into = ?, first_pending_at = NULL, ready_at = NULL,
       lease_owner = NULL, lease_until = NULL, fence = fence + 1, person_since = NULL, person_reason = NULL,
       paused_by = NULL, paused_until = NULL
     WHERE id = ?`,
    winner,
    loser,
  );
  db.run('UPDATE contact SET merged_into = ? WHERE merged_into = ?', winner, loser);
  if (isWaiting) makeDue(context, winner);
}

/** No one index knows all messages of a contact: those that wait have one of their own. */
function moveMessages({ db }: SqliteContext, winner: ContactId, loser: ContactId): void {
  db.run(
    `UPDATE inbox INDEXED BY inbox_waiting SET contact_id = ?
     WHERE contact_id = ? AND state = 'pending'`,
    winner,
    loser,
  );
  db.run(
    `UPDATE inbox INDEXED BY inbox_contact SET contact_id = ?
     WHERE contact_id = ? AND state <> 'pending'`,
    winner,
    loser,
  );
}

/** What the winner does not know of itself it has from the loser. */
function inherit({ db }: SqliteContext, winner: ContactId, loser: ContactId): void {
  db.run(
    `UPDATE contact SET
       name = coalesce(contact.name, other.name),
       phone_jid = coalesce(contact.phone_jid, other.phone_jid),
       lid_jid = coalesce(contact.lid_jid, other.lid_jid),
       person_reason = coalesce(contact.person_reason, other.person_reason),
       person_since = coalesce(contact.person_since, other.person_since),
       recent_texts = coalesce(contact.recent_texts, '') || coalesce(other.recent_texts, '')
     FROM contact AS other WHERE contact.id = ? AND other.id = ?`,
    winner,
    loser,
  );
}

/** Whose turn began before the pause was known may not answer any more. */
function keepLongerPause({ db, clock }: SqliteContext, winner: ContactId, loser: ContactId): void {
  const [one, other] = [winner, loser].map((id) =>
    pauseOf(
      db.get(
        'SELECT paused_by, paused_until FROM contact WHERE id = ?',
        id,
      ) as unknown as PauseColumns,
    ),
  );
  const pause = longerPause(one, other);
  if (!isPaused(pause, clock.now())) return;
  db.run(
    `UPDATE contact SET paused_by = ?, paused_until = ?, lease_owner = NULL, lease_until = NULL,
       fence = fence + 1
     WHERE id = ?`,
    pause.by,
    pause.until,
    winner,
  );
}

function makeDue({ db, settings }: SqliteContext, winner: ContactId): void {
  const { first, last } = db.get(
    `SELECT min(received_at) AS first, max(received_at) AS last
     FROM inbox INDEXED BY inbox_waiting WHERE contact_id = ? AND state = 'pending'`,
    winner,
  ) as { first: number; last: number };
  db.run(
    `UPDATE contact SET first_pending_at = ?, ready_at = ?, lease_owner = NULL, lease_until = NULL,
       fence = fence + 1
     WHERE id = ?`,
    first,
    burstReadyAt(first, last, settings.timing),
    winner,
  );
}
