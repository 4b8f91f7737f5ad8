import {
  type DeadLetterCounts,
  type DeadLetterPage,
  type DeadLetters,
  type RetryOutcome,
} from '../../../application/ports/outbound/dead-letters.ts';
import { type ContactId } from '../../../domain/contact.ts';
import {
  type DeadLetter,
  type DeadLetterReference,
  tellsOfDeadLetter,
} from '../../../domain/dead-letter.ts';
import { type OutboxId } from '../../../domain/delivery.ts';
import {
  asCounts,
  asDeadLetter,
  DEAD_LETTERS,
  type DeadLetterRow,
  IS_DEAD_REPLY,
  IS_DEAD_TURN,
  type UnansweredRow,
} from '../sql/dead-letter-rows.ts';
import { isPausedAt } from '../sql/pause-columns.ts';
import { type DeliveryLedger } from './delivery-ledger.ts';
import { lockContacts, type PostgresContacts } from './postgres-contacts.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession } from './postgres-session.ts';

interface FoundRow {
  readonly contact_id: ContactId;
  readonly state: DeadLetter['state'];
  /** The agent may not speak, since a person has the conversation. */
  readonly unwanted: boolean;
}

/** What a decision about a dead letter stands on; all of it joins the decision's transaction. */
export interface DeadLetterParts {
  readonly contacts: PostgresContacts;
  readonly ledger: DeliveryLedger;
}

/** The dead letters as rows of the outbox and of the turns. */
export class PostgresDeadLetters implements DeadLetters {
  readonly #context: PostgresContext;
  readonly #parts: DeadLetterParts;

  constructor(context: PostgresContext, parts: DeadLetterParts) {
    this.#context = context;
    this.#parts = parts;
  }

  list({ limit, after }: DeadLetterPage): Promise<readonly DeadLetter[]> {
    const { db, settings } = this.#context;
    return db.read(async (session) => {
      const rows = (await session.all(
        `SELECT letter.*, phone_jid, lid_jid
         FROM (${DEAD_LETTERS}) AS letter JOIN contact ON contact.id = letter.contact_id
         WHERE contact.instance = $1 AND ($2::bigint IS NULL OR since < $2 OR (since = $2
           AND (kind > $3 OR (kind = $3 AND letter.id < $4))))
         ORDER BY since DESC, kind, letter.id DESC LIMIT $5`,
        settings.instance,
        after?.since,
        after?.kind,
        after?.id,
        limit,
      )) as unknown as DeadLetterRow[];
      const messages = await unanswered(session, rows);
      return rows.map((row) => asDeadLetter(row, messages));
    });
  }

  counts(): Promise<DeadLetterCounts> {
    const { db, settings } = this.#context;
    return db.read(async (session) =>
      asCounts(
        await session.all(
          `SELECT kind, letter.state, count(*) AS count
           FROM (${DEAD_LETTERS}) AS letter JOIN contact ON contact.id = letter.contact_id
           WHERE contact.instance = $1 GROUP BY kind, letter.state`,
          settings.instance,
        ),
      ),
    );
  }

  async retry(letter: DeadLetterReference): Promise<RetryOutcome> {
    const { db, tell } = this.#context;
    const outcome = await db.write(async (tx): Promise<RetryOutcome> => {
      const found = await this.#lock(tx, letter);
      if (found === undefined) return { status: 'unknown' };
      const { contact_id: contactId, state } = found;
      if (found.unwanted) return { status: 'taken_over', contactId };
      if (letter.kind === 'turn') await this.#retryTurn(tx, letter.id, contactId);
      else {
        const reply = { id: letter.id as OutboxId, contact_id: contactId };
        await this.#parts.ledger.markRetried(tx, reply, state);
      }
      await this.#unflag(tx, contactId);
      return { status: 'retried', contactId };
    });
    if (outcome.status === 'retried') tell(letter.kind === 'turn' ? 'turns' : 'deliveries');
    return outcome;
  }

  dismiss(letter: DeadLetterReference): Promise<ContactId | undefined> {
    return this.#context.db.write(async (tx) => {
      const found = await this.#lock(tx, letter);
      if (found === undefined) return undefined;
      const table = letter.kind === 'turn' ? 'turn' : 'outbox';
      const sql = `UPDATE ${table} SET dismissed_at = $1 WHERE id = $2`;
      await tx.run(sql, await tx.now(), letter.id);
      await this.#unflag(tx, found.contact_id);
      return found.contact_id;
    });
  }

  /** Locks the letter's contact, then looks what the letter is now. */
  async #lock(
    tx: PostgresSession,
    { kind, id }: DeadLetterReference,
  ): Promise<FoundRow | undefined> {
    const table = kind === 'turn' ? 'turn' : 'outbox';
    await lockContacts(tx, `SELECT contact_id FROM ${table} WHERE id = $1`, id);
    const source =
      kind === 'turn'
        ? `'failed' AS state, ${isPausedAt('$1')} AS unwanted
           FROM turn JOIN contact ON contact.id = turn.contact_id WHERE turn.id = $2 AND ${IS_DEAD_TURN}`
        : `outbox.state, outbox.source <> 'manual' AND ${isPausedAt('$1')} AS unwanted
           FROM outbox JOIN contact ON contact.id = outbox.contact_id WHERE outbox.id = $2 AND ${IS_DEAD_REPLY}`;
    const found = (await tx.get(
      `SELECT contact.id AS contact_id, ${source} AND contact.instance = $3`,
      await tx.now(),
      id,
      this.#context.settings.instance,
    )) as FoundRow | undefined;
    // It may have become another contact's while its own was waited for.
    if (found !== undefined) tx.requireLocked(found.contact_id);
    return found;
  }

  /** Who answers the contact now has not seen these messages: its lease is void. */
  async #retryTurn(tx: PostgresSession, turnId: number, contactId: ContactId): Promise<void> {
    await tx.run('UPDATE turn SET retried_at = $1 WHERE id = $2', await tx.now(), turnId);
    // They enter the history again when they are answered.
    await tx.run(`DELETE FROM history WHERE turn_id = $1 AND author = 'customer'`, turnId);
    await tx.run(
      `UPDATE inbox SET state = 'pending', reason = NULL, turn_id = NULL WHERE turn_id = $1`,
      turnId,
    );
    await tx.run(
      `UPDATE contact SET lease_owner = NULL, lease_until = NULL, fence = fence + 1, redo = 0,
         attempts = 0, deaths = 0, not_before = NULL
       WHERE id = $1`,
      contactId,
    );
    await this.#parts.contacts.reschedule(tx, contactId);
  }

  /** A flag for something else stays, and so does one while there is more to decide about. */
  async #unflag(tx: PostgresSession, contactId: ContactId): Promise<void> {
    const row = await tx.get(
      `SELECT person_reason FROM contact
       WHERE id = $1
         AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.contact_id = $1 AND ${IS_DEAD_REPLY})
         AND NOT EXISTS (SELECT 1 FROM turn WHERE turn.contact_id = $1 AND ${IS_DEAD_TURN})`,
      contactId,
    );
    const reason = row?.['person_reason'];
    if (typeof reason === 'string' && tellsOfDeadLetter(reason)) {
      await this.#parts.contacts.unflag(tx, contactId);
    }
  }
}

/** The messages of the turns among the letters, in their order. */
async function unanswered(
  session: PostgresSession,
  letters: readonly DeadLetterRow[],
): Promise<readonly UnansweredRow[]> {
  const turns = letters.flatMap(({ kind, id }) => (kind === 'turn' ? [id] : []));
  if (turns.length === 0) return [];
  const sql =
    'SELECT turn_id, kind, text FROM inbox WHERE turn_id = ANY ($1::bigint[]) ORDER BY id';
  return (await session.all(sql, turns)) as unknown as UnansweredRow[];
}
