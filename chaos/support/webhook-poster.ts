import { setTimeout as sleep } from 'node:timers/promises';
import { type SeededRandom } from '../../bench/support/seeded-random.ts';

const PATIENCE_STEPS = 100;
const STEP_MS = 100;
const LONGEST_PAUSE_MS = 200;

/** How a webhook was taken at last. */
export interface Taken {
  /** What was said to it. */
  readonly answer: { readonly status?: string; readonly reason?: string };
  /** Attempts that got no 2xx. */
  readonly failures: number;
  /** Of these, the ones that got no answer at all: what they carried may have been stored. */
  readonly unanswered: number;
}

/** Delivers webhooks as a persistent gateway does: again and again until a 2xx. */
export class WebhookPoster {
  /** Attempts that hung for 10 s: a service may refuse and may die, but is not to let anybody wait in vain. */
  stranded = 0;
  readonly #url: string;
  readonly #over: AbortSignal;

  /** @param over - Ends it. */
  constructor(url: string, over: AbortSignal) {
    this.#url = url;
    this.#over = over;
  }

  get isOver(): boolean {
    return this.#over.aborted;
  }

  /** @returns `undefined` when the end came before a 2xx. */
  async postUntilTaken(body: unknown, random: SeededRandom): Promise<Taken | undefined> {
    const text = JSON.stringify(body);
    let unanswered = 0;
    for (let failures = 0; !this.isOver; failures += 1) {
      const outcome = await this.#postOnce(text);
      if (typeof outcome === 'object') return { answer: outcome, failures, unanswered };
      if (outcome === 'unanswered') unanswered += 1;
      await sleep(random.between(1, LONGEST_PAUSE_MS));
    }
    return undefined;
  }

  async #postOnce(body: string): Promise<Taken['answer'] | 'refused' | 'unanswered'> {
    const patience = endOfPatience();
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: patience.signal,
      });
      const text = await response.text();
      return response.ok ? (JSON.parse(text) as Taken['answer']) : 'refused';
    } catch {
      if (patience.signal.aborted) this.stranded += 1;
      return 'unanswered';
    } finally {
      patience.stop();
    }
  }
}

/** Aborted after 10 s, counted in steps: while a whole machine stands still, nobody waits. */
function endOfPatience(): { readonly signal: AbortSignal; readonly stop: () => void } {
  const end = new AbortController();
  let steps = 0;
  const timer = setInterval(() => {
    steps += 1;
    if (steps === PATIENCE_STEPS) end.abort();
  }, STEP_MS);
  return {
    signal: end.signal,
    stop: () => {
      clearInterval(timer);
    },
  };
}
