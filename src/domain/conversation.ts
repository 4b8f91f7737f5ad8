import { type MessageKind } from './incoming-message.ts';
import { messageAsText } from './turn.ts';
import { estimateTokens } from './tokens.ts';

/** Who said it: the customer, the agent, or a person of the business (from the phone, or by the API). */
export type Author = 'customer' | 'agent' | 'person';

/** One thing said, as it stands in the history. */
export interface HistoryEntry {
  readonly author: Author;
  readonly kind: MessageKind;
  readonly text: string;
  /** Set where the agent said it and every fact in it was found in what it was shown. */
  readonly approved?: true;
  /** Store time, ms. */
  readonly at: number;
}

/** v2.1's `history_window`: how many exchanges the model is shown. */
export const HISTORY_TURNS = 12;

/** How many entries a store must hand out at most for {@link HISTORY_TURNS} exchanges to be found in them. */
export const HISTORY_ENTRIES = 80;

/**
 * The end of a conversation: at most `turns` exchanges (a customer's burst and what followed it) and
 * at most `maxTokens`, oldest first. What is cut is cut from the beginning, whole entries at a time.
 */
export function recentHistory(
  entries: readonly HistoryEntry[],
  maxTokens: number,
  turns: number = HISTORY_TURNS,
): readonly HistoryEntry[] {
  const starts = entries.flatMap((_, index) => (startsExchange(entries, index) ? [index] : []));
  const earliest = starts.at(-turns) ?? 0;
  let tokens = 0;
  let start = entries.length;
  for (const [index, entry] of [...entries.entries()].slice(earliest).reverse()) {
    tokens += estimateTokens(messageAsText(entry));
    if (tokens > maxTokens) break;
    start = index;
  }
  return entries.slice(start);
}

/** An exchange begins where a customer's words follow somebody else's. */
function startsExchange(entries: readonly HistoryEntry[], index: number): boolean {
  return entries[index]?.author === 'customer' && entries[index - 1]?.author !== 'customer';
}
