import { setTimeout as sleep } from 'node:timers/promises';
import { type SeededRandom } from '../../bench/support/seeded-random.ts';

const ANSWER_WITHIN_MS = 10_000;
const LONGEST_PAUSE_MS = 200;
/** A gateway that gives up loses messages by itself; this one ends with the run at the latest. */
const GIVE_UP_AFTER_MS = 120_000;

/** How a webhook was taken at last. */
export interface Taken {
  /** What was said to it. */
  readonly answer: { readonly status?: string; readonly reason?: string };
  /** Attempts that got no 2xx. */
  readonly failures: number;
  /** Of these, the ones that got no answer at all: what they carried may have been stored. */
  readonly unanswered: number;
}

/** Delivers a webhook as a persistent gateway does: again and again until a 2xx. @returns `undefined` when there is none. */
export async function postUntilTaken(
  url: string,
  body: unknown,
  random: SeededRandom,
): Promise<Taken | undefined> {
  const text = JSON.stringify(body);
  const deadline = performance.now() + GIVE_UP_AFTER_MS;
  let unanswered = 0;
  for (let failures = 0; performance.now() < deadline; failures += 1) {
    const outcome = await postOnce(url, text);
    if (typeof outcome === 'object') return { answer: outcome, failures, unanswered };
    if (outcome === 'unanswered') unanswered += 1;
    await sleep(random.between(1, LONGEST_PAUSE_MS));
  }
  return undefined;
}

async function postOnce(
  url: string,
  body: string,
): Promise<Taken['answer'] | 'refused' | 'unanswered'> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = await response.text();
    return response.ok ? (JSON.parse(text) as Taken['answer']) : 'refused';
  } catch {
    return 'unanswered';
  }
}
