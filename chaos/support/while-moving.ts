import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 1_000;

/**
 * Lets work take all the time it needs, as long as something moves: a busy machine is slow, and only
 * a run that stands still has failed.
 *
 * @param figures - Differ from what they were when something has moved.
 * @param looks - How many seconds may show the same; counted in looks, as a whole machine may stand still.
 * @throws Error that names the figures, once they have been the same for so long.
 */
export async function whileMoving<Result>(
  work: Promise<Result>,
  figures: () => Promise<string>,
  looks: number,
): Promise<Result> {
  const over = new AbortController();
  try {
    return await Promise.race([work, standstill(figures, looks, over.signal)]);
  } finally {
    over.abort();
  }
}

async function standstill(
  figures: () => Promise<string>,
  looks: number,
  over: AbortSignal,
): Promise<never> {
  let last = '';
  let alike = 0;
  while (alike < looks) {
    await sleep(LOOK_MS, undefined, { signal: over });
    const now = await figures();
    alike = now === last ? alike + 1 : 0;
    last = now;
  }
  throw new Error(`nothing moved for ${looks} s: ${last}`);
}
