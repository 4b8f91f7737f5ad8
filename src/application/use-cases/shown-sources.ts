import { type HistoryEntry } from '../../domain/conversation.ts';
import { passageSource, type Source } from '../../domain/facts/source.ts';
import { type Grounding } from '../../domain/knowledge/passage.ts';

/** Everything that the model was shown, other than its rules. */
export interface Shown {
  readonly grounding: Grounding;
  readonly persona: string;
  readonly entries: readonly HistoryEntry[];
  /** The customer's turn in words. */
  readonly question: string;
  /** Date and time as the model was told them. */
  readonly now: string;
}

/**
 * Who vouches for what in a reply. What the agent said before counts only where it was approved:
 * an answer of a time before the check would vouch for itself.
 */
export function shownSources({
  grounding,
  persona,
  entries,
  question,
  now,
}: Shown): readonly Source[] {
  return [
    ...grounding.passages.map(passageSource),
    { id: 'persona', kind: 'persona', text: persona },
    { id: 'clock', kind: 'clock', text: now },
    ...entries.flatMap(saidSource),
    { id: 'customer', kind: 'customer', text: question },
  ];
}

function saidSource({ author, text, approved }: HistoryEntry): readonly Source[] {
  if (author === 'agent' && approved !== true) return [];
  return [{ id: author, kind: author, text }];
}
