/** So many of a contact's last messages are compared with a new one's words. */
const REMEMBERED = 12;

/** 24 bits of a text's hash: enough to hardly ever look for a repetition in vain. */
const MARK_LENGTH = 4;

/**
 * What `contact.recent_texts` holds: a mark of each text that was accepted last, the newest last. The
 * contact's row is written for every message anyway; an index over the texts of all that waits takes
 * another page of the log for each, a third of an acknowledgement.
 */
export type RecentTexts = string | null;

/** The marks with one more. */
export function withRecentText(recent: RecentTexts, textHash: string): string {
  return ((recent ?? '') + textHash.slice(0, MARK_LENGTH)).slice(-REMEMBERED * MARK_LENGTH);
}

/** `false` when no remembered message had these words. */
export function mayBeRepeated(recent: RecentTexts, textHash: string): boolean {
  if (recent === null) return false;
  for (let at = 0; at < recent.length; at += MARK_LENGTH) {
    if (textHash.startsWith(recent.slice(at, at + MARK_LENGTH))) return true;
  }
  return false;
}
