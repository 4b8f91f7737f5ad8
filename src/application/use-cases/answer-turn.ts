import { costOf, type ModelPrice } from '../../domain/cost.ts';
import { HISTORY_ENTRIES } from '../../domain/conversation.ts';
import { type Grounding } from '../../domain/knowledge/passage.ts';
import { renderKnowledge } from '../../domain/knowledge/rendering.ts';
import { buildInstructions } from '../../domain/prompt.ts';
import { formatForWhatsApp, splitReply } from '../../domain/reply.ts';
import { withoutTeamMark } from '../../domain/team-mark.ts';
import { estimateTokens } from '../../domain/tokens.ts';
import { type Turn } from '../../domain/turn.ts';
import { type Clock } from '../ports/outbound/clock.ts';
import { type ConversationStore } from '../ports/outbound/conversation-store.ts';
import { type TurnRecord } from '../ports/outbound/inbox.ts';
import { type KnowledgeStore } from '../ports/outbound/knowledge-store.ts';
import {
  LanguageModelError,
  NO_TOKENS,
  type LanguageModel,
  type ModelAnswer,
  type ModelRequest,
  type TokenUse,
} from '../ports/outbound/language-model.ts';
import { buildConversation, questionOf } from './build-conversation.ts';

export interface AnswerTurnPorts {
  readonly conversations: ConversationStore;
  readonly knowledge: KnowledgeStore;
  readonly model: LanguageModel;
  readonly clock: Clock;
}

export interface AnswerTurnSettings {
  readonly timeZone: string;
  /** Absent: no cost is recorded. */
  readonly price?: ModelPrice;
}

/** A reply ready to be sent, and how it came about. */
export interface Answer {
  readonly parts: readonly string[];
  readonly record: TurnRecord;
}

/** What a turn has used so far, for whoever has to end it without an answer. */
export interface Spending {
  spent: TokenUse;
}

/** Makes the reply to a turn out of history, knowledge, persona and the model. */
export class AnswerTurn {
  constructor(
    private readonly ports: AnswerTurnPorts,
    private readonly settings: AnswerTurnSettings,
  ) {}

  /**
   * @param spending - Holds, at any instant, what was used: an estimate while the call is under way.
   * @returns A reply of at least one part.
   * @throws LanguageModelError when the model gave none.
   */
  async of(turn: Turn, signal: AbortSignal, spending: Spending): Promise<Answer> {
    const { knowledge, model, clock } = this.ports;
    const question = questionOf(turn.messages);
    const grounding = await knowledge.find(question);
    const request = await this.requestFor(turn, question, grounding);
    spending.spent = { ...NO_TOKENS, tokensIn: estimateOf(request) };
    const startedAt = clock.monotonic();
    const answer = await model.answer(request, signal);
    const modelMs = Math.round(clock.monotonic() - startedAt);
    spending.spent = answer;
    // Formatted first: invisible characters in front of the mark would hide it.
    const parts = splitReply(withoutTeamMark(formatForWhatsApp(answer.text)));
    if (parts.length === 0) {
      const { tokensIn, tokensCached, tokensOut } = answer;
      const used = { tokensIn, tokensCached, tokensOut };
      throw new LanguageModelError('unusable', 'The answer held nothing that can be sent.', used);
    }
    return {
      parts,
      record: { ...this.usageOf(answer), modelMs, ...groundingRecord(grounding) },
    };
  }

  private async requestFor(
    turn: Turn,
    question: string,
    grounding: Grounding,
  ): Promise<ModelRequest> {
    const { conversations, knowledge, clock } = this.ports;
    const entries = await conversations.history(turn.contactId, HISTORY_ENTRIES);
    const instructions = buildInstructions({
      persona: knowledge.current().persona,
      knowledge: renderKnowledge(grounding.passages),
      now: clock.now(),
      timeZone: this.settings.timeZone,
      ...(turn.name === undefined ? {} : { name: turn.name }),
    });
    const conversation = buildConversation(entries, turn.messages);
    return { instructions, conversation, question, grounding };
  }

  private usageOf(answer: ModelAnswer): TurnRecord {
    const { model, tokensIn, tokensCached, tokensOut } = answer;
    const { price } = this.settings;
    const cost = price === undefined ? {} : { cost: costOf(answer, price) };
    return { model, tokensIn, tokensCached, tokensOut, ...cost };
  }
}

function estimateOf({ instructions, conversation }: ModelRequest): number {
  return conversation.reduce(
    (tokens, { text }) => tokens + estimateTokens(text),
    estimateTokens(instructions),
  );
}

function groundingRecord(grounding: Grounding): TurnRecord {
  return {
    knowledgeVersion: grounding.version,
    passages: grounding.passages.map(({ id, score }) => ({ id, score })),
  };
}
