import { type DeadLetterCounts } from '../../../application/ports/outbound/dead-letters.ts';
import { type ContactId, type Jid } from '../../../domain/contact.ts';
import { type DeadLetter } from '../../../domain/dead-letter.ts';
import { type TurnMessage, turnAsText } from '../../../domain/turn.ts';
import { shownNumber } from './contact-row.ts';

/** A reply that was given up and that nobody has decided about. Its index has the same words. */
export const IS_DEAD_REPLY = `outbox.state IN ('failed', 'held') AND outbox.dismissed_at IS NULL`;

/** A turn that was given up and that nobody has decided about. Its index has the same words. */
export const IS_DEAD_TURN = `turn.outcome = 'apologised' AND turn.retried_at IS NULL AND turn.dismissed_at IS NULL`;

/** All dead letters, of any instance, with the columns of a {@link DeadLetterRow}. */
export const DEAD_LETTERS = `
  SELECT 'reply' AS kind, id, contact_id, state, body, last_error AS error, ended_at AS since
  FROM outbox WHERE ${IS_DEAD_REPLY}
  UNION ALL
  SELECT 'turn', id, contact_id, 'failed', '', error, ended_at FROM turn WHERE ${IS_DEAD_TURN}`;

/** A dead letter, with its contact's addresses. */
export interface DeadLetterRow {
  readonly kind: DeadLetter['kind'];
  readonly id: number;
  readonly contact_id: ContactId;
  readonly phone_jid: Jid | null;
  readonly lid_jid: Jid | null;
  readonly state: DeadLetter['state'];
  /** Empty for a turn. */
  readonly body: string;
  readonly error: string | null;
  readonly since: number;
}

/** One of the messages that a turn was to answer. */
export interface UnansweredRow extends Pick<TurnMessage, 'kind' | 'text'> {
  readonly turn_id: number;
}

/** A dead letter as its row says; `messages` are those of the listed turns, in their order. */
export function asDeadLetter(row: DeadLetterRow, messages: readonly UnansweredRow[]): DeadLetter {
  const { kind, id, state, since, error, body } = row;
  const text =
    kind === 'reply' ? body : turnAsText(messages.filter(({ turn_id: turnId }) => turnId === id));
  return {
    kind,
    id,
    state,
    since,
    text,
    contactId: row.contact_id,
    number: shownNumber(row),
    ...(error === null ? {} : { error }),
  };
}

/** The counts, out of rows with `kind`, `state` and `count`. */
export function asCounts(rows: readonly Readonly<Record<string, unknown>>[]): DeadLetterCounts {
  const count = (kind: DeadLetter['kind'], state: DeadLetter['state']): number =>
    Number(rows.find((row) => row['kind'] === kind && row['state'] === state)?.['count'] ?? 0);
  return {
    failedTurns: count('turn', 'failed'),
    failedReplies: count('reply', 'failed'),
    heldReplies: count('reply', 'held'),
  };
}
