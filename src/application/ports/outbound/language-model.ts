import { type Grounding } from '../../../domain/knowledge/passage.ts';

/** How long a turn waits for the model, all calls with their tries and the waits between them, ms. */
export const MODEL_WITHIN_MS = 90_000;

/** One thing said before, in the model's own two roles. */
export interface ModelMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** Everything that one answer is made from. */
export interface ModelRequest {
  /** Persona, rules, knowledge, date and time: what the model must obey and may rely on. */
  readonly instructions: string;
  /** Oldest first; the last one is the customer's turn that is to be answered. */
  readonly conversation: readonly ModelMessage[];
  /** The customer's turn alone, in words. */
  readonly question: string;
  /** What the instructions hold as knowledge; for stand-ins that answer without a model. */
  readonly grounding: Grounding;
  /** How long the answer may be, in tokens, where it is to be shorter than usual. */
  readonly maxTokens?: number;
  /** What is left of {@link MODEL_WITHIN_MS}; absent: all of it. */
  readonly withinMs?: number;
}

/** What was used, as the provider counts it; 0 where it does not say. */
export interface TokenUse {
  readonly tokensIn: number;
  /** How many of `tokensIn` the provider took from its prompt cache. */
  readonly tokensCached: number;
  readonly tokensOut: number;
}

export interface ModelAnswer extends TokenUse {
  readonly text: string;
  readonly model: string;
}

/** Nothing was used. */
export const NO_TOKENS: TokenUse = { tokensIn: 0, tokensCached: 0, tokensOut: 0 };

/**
 * - `unavailable`: time-out, network, 429 or 5xx after the last try.
 * - `refused`: the provider will not take the request or the key; no try will change that.
 * - `unusable`: an answer came, but empty, cut off or declined.
 */
export type LanguageModelErrorKind = 'unavailable' | 'refused' | 'unusable';

/** No answer could be had. The message is for operators and holds no secret and no customer's words. */
export class LanguageModelError extends Error {
  override readonly name = 'LanguageModelError';
  readonly kind: LanguageModelErrorKind;
  readonly spent: TokenUse;

  /** @param spent - What the tries have used all the same; it counts towards the day's limit. */
  constructor(kind: LanguageModelErrorKind, message: string, spent: TokenUse = NO_TOKENS) {
    super(message);
    this.kind = kind;
    this.spent = spent;
  }
}

/** Writes answers. */
export interface LanguageModel {
  /**
   * Answers the last message of the conversation, retrying what is worth it within the turn's time.
   *
   * @param signal - Aborted when the answer is no longer wanted: the call ends at once, and rejects with the signal's reason.
   * @returns A whole, non-empty answer.
   * @throws LanguageModelError when none could be had.
   */
  answer(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer>;
}
