import { estimateTokens } from '../../domain/tokens.ts';
import { type ModelRequest, NO_TOKENS, type TokenUse } from '../ports/outbound/language-model.ts';

/** What a turn has used so far, for whoever has to end it without an answer. */
export interface Spending {
  spent: TokenUse;
}

/** Both together. */
export function sumOfUse(one: TokenUse, other: TokenUse): TokenUse {
  return {
    tokensIn: one.tokensIn + other.tokensIn,
    tokensCached: one.tokensCached + other.tokensCached,
    tokensOut: one.tokensOut + other.tokensOut,
  };
}

/** What a request will cost at least: its words, without the answer. */
export function estimatedUse({ instructions, conversation }: ModelRequest): TokenUse {
  const tokensIn = conversation.reduce(
    (tokens, { text }) => tokens + estimateTokens(text),
    estimateTokens(instructions),
  );
  return { ...NO_TOKENS, tokensIn };
}
