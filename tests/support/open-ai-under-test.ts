import {
  OpenAiLanguageModel,
  type OpenAiOptions,
} from '../../src/adapters/outbound/openai/open-ai-language-model.ts';
import { LanguageModelError } from '../../src/application/ports/outbound/language-model.ts';
import { ManualClock } from '../doubles/manual-clock.ts';
import { RecordingLogger } from '../doubles/recording-logger.ts';
import { LoopbackOpenAi } from './loopback-open-ai.ts';

/** The adapter before a server of its own, with time that stands still. */
export class OpenAiUnderTest {
  readonly clock = new ManualClock();
  readonly logger = new RecordingLogger();

  private constructor(
    readonly server: LoopbackOpenAi,
    readonly key: string,
  ) {}

  static async start(key: string): Promise<OpenAiUnderTest> {
    return new OpenAiUnderTest(await LoopbackOpenAi.start(), key);
  }

  model(overrides: Partial<OpenAiOptions> = {}): OpenAiLanguageModel {
    const options = {
      apiKey: this.key,
      baseUrl: this.server.url,
      model: 'gpt-4o',
      timeoutMs: 30_000,
      maxTokens: 700,
      random: () => 1,
      ...overrides,
    };
    return new OpenAiLanguageModel(options, this.clock, this.logger);
  }

  /** What a call brings after so many waits between its tries, each of which is let pass. */
  async afterWaits<T>(waits: number, call: Promise<T>): Promise<T> {
    // The call may reject before it is looked at.
    call.catch(() => undefined);
    for (let wait = 1; wait <= waits; wait += 1) {
      // Each try begins one sleep (its limit), each wait another.
      await this.clock.sleepsBegun(wait * 2);
      await this.clock.advance(this.clock.sleeps.at(-1) ?? 0);
    }
    return call;
  }

  /** The error of such a call. */
  async failureAfter(waits: number, call: Promise<unknown>): Promise<LanguageModelError> {
    const error: unknown = await this.afterWaits(waits, call).catch((thrown: unknown) => thrown);
    if (error instanceof LanguageModelError) return error;
    throw new Error('The call has not failed with a LanguageModelError.');
  }
}
