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
import { type SqliteContacts } from './sqlite-contacts.ts';
import { type SqliteContext } from './sqlite-context.ts';

interface FoundRow {
  readonly contact_id: ContactId;
  readonly state: DeadLetter['state'];
  /** 1: the agent may not speak, since a person has the conversation. */
  readonly unwanted: number;
}

/** What a decision about a dead letter stands on; all of it joins the decision's transaction. */
export interface DeadLetterParts {
  readonly contacts: SqliteContacts;
  readonly ledger: DeliveryLedger;
}

/** The dead letters as rows of the outbox and of the turns. */
export class SqliteDeadLetters implements DeadLetters {
  readonly #context: SqliteContext;
  readonly #parts: DeadLetterParts;

  constructor(context: SqliteContext, parts: DeadLetterParts) {
    this.#context = context;
    this.#parts = parts;
  }

  list({ limit, after }: DeadLetterPage): Promise<readonly DeadLetter[]> {
    const { db, settings } = this.#context;
    return db.read(() => {
      const rows = db.all(
        `SELECT letter.*, phone_jid, lid_jid
         FROM (${DEAD_LETTERS}) AS letter JOIN contact ON contact.id = letter.contact_id
         WHERE contact.instance = ?1 AND (?2 IS NULL OR since < ?2 OR (since = ?2
           AND (kind > ?3 OR (kind = ?3 AND letter.id < ?4))))
         ORDER BY since DESC, kind, letter.id DESC LIMIT ?5`,
        settings.instance,
        after?.since,
        after?.kind,
        after?.id,
        limit,
      ) as unknown as DeadLetterRow[];
      return rows.map((row) => asDeadLetter(row, this.#unanswered(row)));
    });
  }

  counts(): Promise<DeadLetterCounts> {
    const { db, settings } = this.#context;
    return db.read(() =>
      asCounts(
        db.all(
          `SELECT kind, letter.state, count(*) AS count
           FROM (${DEAD_LETTERS}) AS letter JOIN contact ON contact.id = letter.contact_id
           WHERE contact.instance = ? GROUP BY kind, letter.state`,
          settings.instance,
        ),
      ),
    );
  }

  retry(letter: DeadLetterReference): Promise<RetryOutcome> {
    return this.#context.db.write(() => {
      const found = this.#find(letter);
      if (found === undefined) return { status: 'unknown' };
      const { contact_id: contactId, state } = found;
      if (found.unwanted === 1) return { status: 'taken_over', contactId };
      if (letter.kind === 'turn') this.#retryTurn(letter.id, contactId);
      else
        this.#parts.ledger.markRetried({ id: letter.id as OutboxId, contact_id: contactId }, state);
      this.#unflag(contactId);
      return { status: 'retried', contactId };
    });
  }

  dismiss(letter: DeadLetterReference): Promise<ContactId | undefined> {
    const { db, clock } = this.#context;
    return db.write(() => {
      const found = this.#find(letter);
      if (found === undefined) return undefined;
      const table = letter.kind === 'turn' ? 'turn' : 'outbox';
      db.run(`UPDATE ${table} SET dismissed_at = ? WHERE id = ?`, clock.now(), letter.id);
      this.#unflag(found.contact_id);
      return found.contact_id;
    });
  }

  #find({ kind, id }: DeadLetterReference): FoundRow | undefined {
    const { db, clock, settings } = this.#context;
    const source =
      kind === 'turn'
        ? `'failed' AS state, ${isPausedAt('?1')} AS unwanted
           FROM turn JOIN contact ON contact.id = turn.contact_id WHERE turn.id = ?2 AND ${IS_DEAD_TURN}`
        : `outbox.state, outbox.source <> 'manual' AND ${isPausedAt('?1')} AS unwanted
           FROM outbox JOIN contact ON contact.id = outbox.contact_id WHERE outbox.id = ?2 AND ${IS_DEAD_REPLY}`;
    return db.get(
      `SELECT contact.id AS contact_id, ${source} AND contact.instance = ?3`,
      clock.now(),
      id,
      settings.instance,
    ) as FoundRow | undefined;
  }

  /** Who answers the contact now has not seen these messages: its lease is void. */
  #retryTurn(turnId: number, contactId: ContactId): void {
    const { db, clock } = this.#context;
    db.run('UPDATE turn SET retried_at = ? WHERE id = ?', clock.now(), turnId);
    // They enter the history again when they are answered.
    db.run(`DELETE FROM history WHERE turn_id = ? AND author = 'customer'`, turnId);
    db.run(
      `UPDATE inbox SET state = 'pending', reason = NULL, turn_id = NULL WHERE turn_id = ?`,
      turnId,
    );
    db.run(
      `UPDATE contact SET lease_owner = NULL, lease_until = NULL, fence = fence + 1, redo = 0,
         attempts = 0, deaths = 0, not_before = NULL
       WHERE id = ?`,
      contactId,
    );
    this.#parts.contacts.reschedule(contactId);
  }

  /** A flag for something else stays, and so does one while there is more to decide about. */
  #unflag(contactId: ContactId): void {
    const row = this.#context.db.get(
      `SELECT person_reason FROM contact
       WHERE id = ?1
         AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.contact_id = ?1 AND ${IS_DEAD_REPLY})
         AND NOT EXISTS (SELECT 1 FROM turn WHERE turn.contact_id = ?1 AND ${IS_DEAD_TURN})`,
      contactId,
    );
    const reason = row?.['person_reason'];
    if (typeof reason === 'string' && tellsOfDeadLetter(reason)) {
      this.#parts.contacts.unflag(contactId);
    }
  }

  #unanswered({ kind, id }: DeadLetterRow): readonly UnansweredRow[] {
    if (kind === 'reply') return [];
    const sql = 'SELECT turn_id, kind, text FROM inbox WHERE turn_id = ? ORDER BY id';
    return this.#context.db.all(sql, id) as unknown as UnansweredRow[];
  }
}
