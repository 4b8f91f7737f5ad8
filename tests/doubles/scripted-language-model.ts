import {
  type LanguageModel,
  type ModelAnswer,
  type ModelRequest,
} from '../../src/application/ports/outbound/language-model.ts';

type Step = (request: ModelRequest, signal: AbortSignal) => Promise<ModelAnswer>;

/** A call that is under way until the test ends it. */
export interface HeldCall {
  /** Resolves when the call has begun. */
  readonly begun: Promise<void>;
  answer(text: string): void;
  fail(error: Error): void;
}

/** Answers as told, in order; what was not told is answered with a fixed sentence. */
export class ScriptedLanguageModel implements LanguageModel {
  readonly requests: ModelRequest[] = [];
  private readonly steps: Step[] = [];

  answer(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
    if (signal.aborted) return Promise.reject(reasonOf(signal));
    this.requests.push(request);
    const step = this.steps.shift() ?? (() => Promise.resolve(anAnswer('Claro, vamos conversar.')));
    return step(request, signal);
  }

  /** The next call brings this. */
  willAnswer(text: string): void {
    this.steps.push(() => Promise.resolve(anAnswer(text)));
  }

  /** The next call fails so. */
  willFail(error: Error): void {
    this.steps.push(() => Promise.reject(error));
  }

  /** The next call lasts until the test ends it, or its signal is aborted. */
  willHold(): HeldCall {
    let end!: Pick<HeldCall, 'answer' | 'fail'>;
    const held = new Promise<ModelAnswer>((resolve, reject) => {
      end = {
        answer: (text) => {
          resolve(anAnswer(text));
        },
        fail: reject,
      };
    });
    const begun = new Promise<void>((resolve) => {
      this.steps.push((_request, signal) => {
        signal.addEventListener('abort', () => {
          end.fail(reasonOf(signal));
        });
        resolve();
        return held;
      });
    });
    return { begun, ...end };
  }
}

/** An answer with everything around it. */
function anAnswer(text: string): ModelAnswer {
  return { text, model: 'scripted', tokensIn: 120, tokensCached: 64, tokensOut: 8 };
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason as Error;
}
