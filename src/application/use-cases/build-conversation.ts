import { recentHistory, type HistoryEntry } from '../../domain/conversation.ts';
import { type Said } from '../../domain/knowledge/earlier.ts';
import { withoutTeamMark, withTeamMark } from '../../domain/team-mark.ts';
import { newestPart } from '../../domain/tokens.ts';
import { messageAsText, turnAsText, type TurnMessage } from '../../domain/turn.ts';
import { type ModelMessage } from '../ports/outbound/language-model.ts';

/** How much of what was said before the model is shown at most, in estimated tokens. */
const HISTORY_TOKENS = 3_000;

/** How much of a burst the model is shown at most, in estimated tokens; the newest counts. */
const QUESTION_TOKENS = 4_000;

/** More of them than a question leans on. */
const SEARCHED_ENTRIES = 16;

/** Ends a conversation in which a person of the business has spoken last. */
const NOTHING_NEW = '[o cliente não escreveu mais nada depois disso]';

/** The customer's turn in words, as the model and the search for knowledge see it. */
export function questionOf(messages: readonly TurnMessage[]): string {
  return newestPart(withoutTeamMark(turnAsText(messages)), QUESTION_TOKENS);
}

/** The newest of what was said before the customer's turn, oldest first, for the search for knowledge. */
export function saidBefore(
  entries: readonly HistoryEntry[],
  messages: readonly TurnMessage[],
): readonly Said[] {
  const since = messages[0]?.receivedAt ?? Infinity;
  const before = entries.filter(({ at }) => at <= since).slice(-SEARCHED_ENTRIES);
  return before.map(({ author, text }) => ({
    text: withoutTeamMark(text),
    byCustomer: author === 'customer',
  }));
}

/**
 * What was said, in the order in which it was said, ending with the customer's turn. What a person
 * of the business, or the customer, has said since the turn began stands where it was said.
 */
export function buildConversation(
  entries: readonly HistoryEntry[],
  messages: readonly TurnMessage[],
): readonly ModelMessage[] {
  const since = messages[0]?.receivedAt ?? Infinity;
  const before = recentHistory(
    entries.filter(({ at }) => at <= since),
    HISTORY_TOKENS,
  ).map(modelMessage);
  const meanwhile = entries.filter(({ at }) => at > since);
  if (meanwhile.length === 0) return [...before, { role: 'user', text: questionOf(messages) }];
  return [...before, ...merged(meanwhile, messages)];
}

function merged(
  meanwhile: readonly HistoryEntry[],
  messages: readonly TurnMessage[],
): readonly ModelMessage[] {
  const asked = messages.map(({ kind, text, receivedAt }) => ({
    author: 'customer' as const,
    kind,
    text,
    at: receivedAt,
  }));
  const said = [...asked, ...meanwhile].sort((one, other) => one.at - other.at).map(modelMessage);
  const grouped: ModelMessage[] = [];
  for (const { role, text } of said) {
    const last = grouped.at(-1);
    if (role === 'user' && last?.role === 'user') {
      grouped[grouped.length - 1] = { role, text: `${last.text}\n${text}` };
    } else grouped.push({ role, text });
  }
  if (grouped.at(-1)?.role !== 'user') grouped.push({ role: 'user', text: NOTHING_NEW });
  return grouped.map(({ role, text }) => ({ role, text: newestPart(text, QUESTION_TOKENS) }));
}

function modelMessage(entry: HistoryEntry): ModelMessage {
  const text = messageAsText(entry);
  if (entry.author === 'person') return { role: 'assistant', text: withTeamMark(text) };
  const role = entry.author === 'customer' ? 'user' : 'assistant';
  return { role, text: withoutTeamMark(text) };
}
