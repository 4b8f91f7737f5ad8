import { type OpenAI } from 'openai';
import { type Clock } from '../../../application/ports/outbound/clock.ts';
import {
  type LanguageModel,
  LanguageModelError,
  MODEL_WITHIN_MS,
  type ModelAnswer,
  type ModelRequest,
  NO_TOKENS,
  type TokenUse,
} from '../../../application/ports/outbound/language-model.ts';
import { type Logger } from '../../../application/ports/outbound/logger.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { addUse, readCompletion } from './chat-completion.ts';
import { type FailedTry, timedOut, toFailedTry } from './failed-try.ts';
import { type OpenAiAccess, openAiClient } from './open-ai-client.ts';

/** How the model is reached, and what is asked of it. */
export interface OpenAiOptions extends OpenAiAccess {
  readonly model: string;
  /** How long one try may take, ms, from the request to the last byte of the answer. */
  readonly timeoutMs: number;
  /** How long an answer may be, in tokens. */
  readonly maxTokens: number;
  /** Sent only where it is set: some models refuse every value but their own. */
  readonly temperature?: number;
  /** From 0 to 1, spreads the tries of many turns; `Math.random` unless given. */
  readonly random?: () => number;
}

const MAX_TRIES = 3;
const FIRST_WAIT_MS = 1_000;
/** How far apart the turns may come back that one Retry-After has sent away, ms. */
const LONGEST_SPREAD_MS = 1_000;

/** What the tries of one call share. */
interface Progress {
  /** By the monotonic clock: a jump of the wall clock must not end the turn. */
  readonly endsAt: number;
  use: TokenUse;
}

/** Answers through Chat Completions, with three tries in what is left of the turn's time. */
export class OpenAiLanguageModel implements LanguageModel {
  private readonly api: OpenAI;
  private readonly random: () => number;

  constructor(
    private readonly options: OpenAiOptions,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.random = options.random ?? Math.random;
    this.api = openAiClient(options, { fetch: boundedFetch, timeoutMs: options.timeoutMs });
  }

  async answer(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
    signal.throwIfAborted();
    const { withinMs = MODEL_WITHIN_MS } = request;
    const progress: Progress = { endsAt: this.clock.monotonic() + withinMs, use: NO_TOKENS };
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.tryOnce(request, progress, signal);
      if ('text' in outcome) return outcome;
      const waitMs = this.waitAfter(outcome, attempt, progress);
      this.report(outcome, attempt, waitMs);
      if (waitMs === undefined) throw withUse(outcome, progress.use);
      await this.clock.sleep(waitMs, signal);
      signal.throwIfAborted();
    }
  }

  private async tryOnce(
    request: ModelRequest,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<ModelAnswer | FailedTry> {
    const tooLate = new AbortController();
    const done = new AbortController();
    const limitMs = Math.min(this.options.timeoutMs, this.remainingMs(progress));
    // The SDK's own time-out ends with the head of the answer; this one covers its body.
    void this.clock.sleep(limitMs, done.signal).then(() => {
      tooLate.abort();
    });
    try {
      const body = this.bodyFor(request);
      const both = AbortSignal.any([signal, tooLate.signal]);
      const answer: unknown = await this.api.chat.completions.create(body, { signal: both });
      return this.read(answer, progress);
    } catch (error) {
      signal.throwIfAborted();
      return tooLate.signal.aborted ? timedOut() : toFailedTry(error, this.clock.now());
    } finally {
      done.abort();
    }
  }

  private bodyFor(request: ModelRequest): OpenAI.ChatCompletionCreateParamsNonStreaming {
    const { baseUrl, maxTokens, model, temperature } = this.options;
    return {
      model,
      messages: [
        { role: 'system', content: request.instructions },
        ...request.conversation.map(({ role, text }) => ({ role, content: text })),
      ],
      // Compatible servers know only the older name; OpenAI's newer models refuse that one.
      [baseUrl === undefined ? 'max_completion_tokens' : 'max_tokens']: Math.min(
        maxTokens,
        request.maxTokens ?? maxTokens,
      ),
      ...(temperature === undefined ? {} : { temperature }),
    };
  }

  private read(answer: unknown, progress: Progress): ModelAnswer | FailedTry {
    const { model = this.options.model, result, use } = readCompletion(answer);
    progress.use = addUse(progress.use, use);
    return typeof result === 'string'
      ? { text: result, model, ...progress.use }
      : { error: result, retry: true };
  }

  /** How long to wait before the next try; `undefined` when there is none. */
  private waitAfter(failed: FailedTry, attempt: number, progress: Progress): number | undefined {
    if (!failed.retry || attempt >= MAX_TRIES) return undefined;
    const chance = this.random();
    const backoffMs = FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + chance / 2);
    // Everybody was told the same instant, and `Retry-After: 0` or a date gone by means no pause at all.
    const askedMs =
      failed.retryAfterMs === undefined ? 0 : failed.retryAfterMs + chance * LONGEST_SPREAD_MS;
    const waitMs = Math.max(askedMs, backoffMs);
    return waitMs < this.remainingMs(progress) ? waitMs : undefined;
  }

  private remainingMs({ endsAt }: Progress): number {
    return endsAt - this.clock.monotonic();
  }

  private report(failed: FailedTry, attempt: number, waitMs: number | undefined): void {
    const { error, status } = failed;
    const next = waitMs === undefined ? 'gives up' : `tries again in ${Math.round(waitMs)} ms`;
    const { kind, message: reason } = error;
    this.logger.warn('model call failed', { attempt, status, kind, reason, next });
  }
}

function withUse({ error }: FailedTry, use: TokenUse): LanguageModelError {
  return new LanguageModelError(error.kind, error.message, use);
}
