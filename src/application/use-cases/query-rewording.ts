import { REWORDING_RULES, wordsOfRewording } from '../../domain/knowledge/rewording.ts';
import { newestPart } from '../../domain/tokens.ts';
import { type Clock } from '../ports/outbound/clock.ts';
import {
  type LanguageModel,
  LanguageModelError,
  type ModelMessage,
  type ModelRequest,
  type TokenUse,
} from '../ports/outbound/language-model.ts';
import { type Meter } from '../ports/outbound/meter.ts';
import { estimatedUse, type Spending, sumOfUse } from './spending.ts';

export interface QueryRewordingPorts {
  readonly model: LanguageModel;
  readonly clock: Clock;
  readonly meter: Pick<Meter, 'queryReworded'>;
}

/** A customer waits for the answer all the while, ms. */
const LONGEST_MS = 4_000;

/** Enough for the question itself; a model that thinks first may need more, and then gives none. */
const ANSWER_TOKENS = 120;

/** So many of the last messages tell what is talked about, each cut to so many tokens. */
const MESSAGES = 5;
const MESSAGE_TOKENS = 250;

/** Has the model say in other words what the customer asks. */
export class QueryRewording {
  constructor(private readonly ports: QueryRewordingPorts) {}

  /**
   * Takes at most 4 s and about 1,500 tokens.
   *
   * @param conversation - Ends with the customer's turn.
   * @returns Words to look for; `undefined` where there are none, whatever the reason: it is counted.
   * @throws The signal's reason when it is aborted.
   */
  async of(
    conversation: readonly ModelMessage[],
    signal: AbortSignal,
    spending: Spending,
  ): Promise<string | undefined> {
    const before = spending.spent;
    const request = requestFor(conversation);
    spending.spent = sumOfUse(before, estimatedUse(request));
    const words = await this.ask(request, signal, (used) => {
      spending.spent = sumOfUse(before, used);
    });
    this.ports.meter.queryReworded(words === '' ? 'failed' : 'used');
    return words === '' ? undefined : words;
  }

  /** @param settle - Told what was used; not where that is not known. */
  private async ask(
    request: ModelRequest,
    signal: AbortSignal,
    settle: (used: TokenUse) => void,
  ): Promise<string> {
    const { model, clock } = this.ports;
    const tooLate = new AbortController();
    const done = new AbortController();
    void clock.sleep(LONGEST_MS, done.signal).then(() => {
      tooLate.abort();
    });
    try {
      const answer = await model.answer(request, AbortSignal.any([signal, tooLate.signal]));
      settle(answer);
      return wordsOfRewording(answer.text);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof LanguageModelError) settle(error.spent);
      return '';
    } finally {
      done.abort();
    }
  }
}

function requestFor(conversation: readonly ModelMessage[]): ModelRequest {
  const last = conversation
    .slice(-MESSAGES)
    .map(({ role, text }) => ({ role, text: newestPart(text, MESSAGE_TOKENS) }));
  return {
    instructions: REWORDING_RULES,
    conversation: last,
    question: last.at(-1)?.text ?? '',
    grounding: { passages: [], whole: false, version: '' },
    maxTokens: ANSWER_TOKENS,
  };
}
