import { type Clock } from '../../../application/ports/outbound/clock.ts';
import {
  type LanguageModel,
  LanguageModelError,
  type ModelAnswer,
  type ModelRequest,
} from '../../../application/ports/outbound/language-model.ts';
import { type Meter } from '../../../application/ports/outbound/meter.ts';
import { estimateTokens } from '../../../domain/tokens.ts';

/** Measures every call of a model, whoever asks. A call that was called off tells nothing of the model. */
export class MeasuredLanguageModel implements LanguageModel {
  constructor(
    private readonly model: LanguageModel,
    private readonly clock: Clock,
    private readonly meter: Meter,
  ) {}

  async answer(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
    const startedAt = this.clock.monotonic();
    try {
      const answer = await this.model.answer(request, signal);
      this.meter.modelAnswered(answer, this.clock.monotonic() - startedAt);
      // Some servers count nothing.
      if (answer.tokensIn > 0) this.meter.promptCounted(estimateOf(request), answer.tokensIn);
      return answer;
    } catch (error) {
      if (error instanceof LanguageModelError) {
        this.meter.modelFailed(error.kind, error.spent, this.clock.monotonic() - startedAt);
      }
      throw error;
    }
  }
}

function estimateOf({ instructions, conversation }: ModelRequest): number {
  return conversation.reduce(
    (tokens, { text }) => tokens + estimateTokens(text),
    estimateTokens(instructions),
  );
}
