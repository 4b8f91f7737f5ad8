import { type Clock } from '../ports/outbound/clock.ts';
import { StoreUnavailableError } from '../ports/outbound/store-unavailable-error.ts';

/** The pause between two tries, ms; each waits for the store itself, too. */
const AGAIN_MS = 500;

interface Patience {
  readonly clock: Clock;
  /** Called each time the store could not be had. */
  readonly onRefusal: (error: StoreUnavailableError) => void;
  /** Once aborted, the next refusal is the last. */
  readonly until?: AbortSignal;
}

/** Asks the store for what cannot be done without, and again for as long as it cannot be had. */
export async function untilStored<T>(
  ask: () => Promise<T>,
  { clock, onRefusal, until }: Patience,
): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || until?.aborted === true) throw error;
      onRefusal(error);
      await clock.sleep(AGAIN_MS, until);
    }
  }
}
