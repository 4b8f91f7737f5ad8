import { HISTORY_ENTRIES, recentHistory, type HistoryEntry } from '../../domain/conversation.ts';
import { type Grounding } from '../../domain/knowledge/passage.ts';
import { renderKnowledge } from '../../domain/knowledge/rendering.ts';
import { buildInstructions } from '../../domain/prompt.ts';
import { formatForWhatsApp, splitReply } from '../../domain/reply.ts';
import { messageAsText, turnAsText, type Turn } from '../../domain/turn.ts';
import { type Clock } from '../ports/outbound/clock.ts';
import { type ConversationStore } from '../ports/outbound/conversation-store.ts';
import { type TurnRecord } from '../ports/outbound/inbox.ts';
import { type KnowledgeStore } from '../ports/outbound/knowledge-store.ts';
import {
  LanguageModelError,
  type LanguageModel,
  type ModelAnswer,
  type ModelMessage,
} from '../ports/outbound/language-model.ts';

export interface AnswerTurnPorts {
  readonly conversations: ConversationStore;
  readonly knowledge: KnowledgeStore;
  readonly model: LanguageModel;
  readonly clock: Clock;
}

/** A reply ready to be sent, and how it came about. */
export interface Answer {
  readonly parts: readonly string[];
  readonly record: TurnRecord;
}

/** Marks, in the history that the model is shown, what a person of the business wrote. */
const PERSON_MARK = '[pessoa da equipe]';

/** Models copy the form of what they are shown; no customer should read the mark. */
const MIMICKED_MARK = /^\s*\[pessoa da equipe\]\s*/u;

/** How much of the conversation the model is shown at most, in estimated tokens. */
const HISTORY_TOKENS = 3_000;

/** Makes the reply to a turn out of history, knowledge, persona and the model. */
export class AnswerTurn {
  constructor(
    private readonly ports: AnswerTurnPorts,
    private readonly timeZone: string,
  ) {}

  /**
   * @returns A reply of at least one part.
   * @throws LanguageModelError when the model gave none.
   */
  async of(turn: Turn, signal: AbortSignal): Promise<Answer> {
    const { conversations, knowledge, model, clock } = this.ports;
    const question = turnAsText(turn.messages);
    const entries = await conversations.history(turn.contactId, HISTORY_ENTRIES);
    const grounding = await knowledge.find(question);
    const startedAt = clock.now();
    const answer = await model.answer(
      {
        instructions: this.instructions(turn, grounding),
        conversation: [...history(entries), { role: 'user', text: question }],
        question,
        grounding,
      },
      signal,
    );
    const modelMs = clock.now() - startedAt;
    const parts = splitReply(formatForWhatsApp(answer.text.replace(MIMICKED_MARK, '')));
    if (parts.length === 0) {
      throw new LanguageModelError('unusable', 'The answer held nothing that can be sent.');
    }
    return {
      parts,
      record: { ...usageOf(answer, modelMs), ...groundingRecord(grounding) },
    };
  }

  private instructions(turn: Turn, grounding: Grounding): string {
    return buildInstructions({
      persona: this.ports.knowledge.current().persona,
      knowledge: renderKnowledge(grounding.passages),
      now: this.ports.clock.now(),
      timeZone: this.timeZone,
      ...(turn.name === undefined ? {} : { name: turn.name }),
    });
  }
}

function usageOf(answer: ModelAnswer, modelMs: number): TurnRecord {
  const { model, tokensIn, tokensCached, tokensOut } = answer;
  return { model, tokensIn, tokensCached, tokensOut, modelMs };
}

function groundingRecord(grounding: Grounding): TurnRecord {
  return {
    knowledgeVersion: grounding.version,
    passages: grounding.passages.map(({ id, score }) => ({ id, score })),
  };
}

function history(entries: readonly HistoryEntry[]): ModelMessage[] {
  return recentHistory(entries, HISTORY_TOKENS).map((entry) => {
    const text = messageAsText(entry);
    if (entry.author === 'customer') return { role: 'user', text };
    return {
      role: 'assistant',
      text: entry.author === 'person' ? `${PERSON_MARK} ${text}` : text,
    };
  });
}
