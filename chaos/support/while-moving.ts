import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 1_000;

/**
 * Lets work take all the time it needs, as long as something moves: a busy machine is slow, and only
 * a run that stands still has failed.
 *
 * @param figures - Differ from what they were when something has moved.
 * @throws Error that names the figures, once they have been the same for so long.
 */
export async function whileMoving<Result>(
  work: Promise<Result>,
  figures: () => Promise<string>,
  stillMs: number,
): Promise<Result> {
  const over = new AbortController();
  try {
    return await Promise.race([work, standstill(figures, stillMs, over.signal)]);
  } finally {
    over.abort();
  }
}

async function standstill(
  figures: () => Promise<string>,
  stillMs: number,
  over: AbortSignal,
): Promise<never> {
  let last = '';
  let since = performance.now();
  for (;;) {
    await sleep(LOOK_MS, undefined, { signal: over });
    const now = await figures();
    if (now !== last) since = performance.now();
    last = now;
    if (performance.now() - since > stillMs) {
      throw new Error(`nothing moved for ${stillMs} ms: ${now}`);
    }
  }
}
