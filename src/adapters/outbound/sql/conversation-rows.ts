import { type ConversationSummary } from '../../../application/ports/outbound/conversation-store.ts';
import { type ContactId, type Jid } from '../../../domain/contact.ts';
import { type HistoryEntry } from '../../../domain/conversation.ts';
import { isPaused } from '../../../domain/takeover.ts';
import { shownNumber } from './contact-row.ts';
import { type PauseColumns, pauseOf } from './pause-columns.ts';

/** A contact, and how many messages its history holds. */
export interface SummaryRow extends PauseColumns {
  readonly id: ContactId;
  readonly phone_jid: Jid | null;
  readonly lid_jid: Jid | null;
  readonly person_since: number | null;
  readonly person_reason: string | null;
  readonly messages: number;
}

/** Something said, as its row says. */
export function asEntry({ approved, ...row }: Readonly<Record<string, unknown>>): HistoryEntry {
  const approval = Number(approved) === 1 ? { approved: true } : {};
  return { ...row, ...approval } as unknown as HistoryEntry;
}

/** A conversation as its row says at the instant `now`, store time in ms. */
export function asSummary(row: SummaryRow, now: number): ConversationSummary {
  const pause = pauseOf(row);
  return {
    contactId: row.id,
    number: shownNumber(row),
    messages: row.messages,
    ...(row.person_since === null
      ? {}
      : { person: { reason: row.person_reason ?? '', since: row.person_since } }),
    ...(isPaused(pause, now) ? { pause } : {}),
  };
}
