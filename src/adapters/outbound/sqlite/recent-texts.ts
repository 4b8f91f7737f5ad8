import { type MessageId } from '../../../domain/turn.ts';

/** As many entries as fit: some 16 messages, more than anybody's gateway repeats in DEDUP_TTL. */
const MOST_CHARACTERS = 200;

/** Enough of a hash to look at hardly any row in vain; the row tells whether the words are the same. */
const MARK_LENGTH = 4;

/**
 * What `contact.recent_texts` holds: of each of the last accepted messages the beginning of its
 * text's hash and its id, the newest last. The contact's row is written for every message anyway; an
 * index over all texts takes another page of the log for each, a third of an acknowledgement.
 */
export type RecentTexts = string | null;

/** The texts with one more. */
export function withRecentText(recent: RecentTexts, textHash: string, id: MessageId): string {
  return newest(`${recent ?? ''} ${markOf(textHash)}${id}`.trim());
}

/** The messages that may have had the same words. */
export function maybeRepeated(recent: RecentTexts, textHash: string): MessageId[] {
  const mark = markOf(textHash);
  if (recent?.includes(mark) !== true) return [];
  return recent
    .split(' ')
    .filter((entry) => entry.startsWith(mark))
    .map((entry) => Number(entry.slice(MARK_LENGTH)) as MessageId);
}

function markOf(textHash: string): string {
  return textHash.slice(0, MARK_LENGTH);
}

function newest(entries: string): string {
  if (entries.length <= MOST_CHARACTERS) return entries;
  const cut = entries.slice(-MOST_CHARACTERS);
  return cut.slice(cut.indexOf(' ') + 1);
}
