const PAUSE_MS = 50;

/**
 * Asks again and again until there is an answer, for what happens in other processes and announces
 * itself in no other way. An attempt that throws counts as "not yet".
 *
 * @throws when there is none in time; the message says what was waited for.
 */
export async function eventually<Value>(
  what: string,
  ask: () => Promise<Value | undefined> | Value | undefined,
  withinMs = 10_000,
): Promise<Value> {
  const deadline = Date.now() + withinMs;
  let lastError: unknown;
  while (Date.now() < deadline) {
    try {
      const value = await ask();
      if (value !== undefined) return value;
    } catch (error) {
      lastError = error;
    }
    await new Promise<void>((resolve) => {
      setTimeout(resolve, PAUSE_MS);
    });
  }
  throw new Error(`Waited ${withinMs} ms in vain for ${what}.`, { cause: lastError });
}
