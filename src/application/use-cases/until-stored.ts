import { type Clock } from '../ports/outbound/clock.ts';
import { StoreUnavailableError } from '../ports/outbound/store-unavailable-error.ts';

/** The pause between two tries at storing something, ms; each waits for the store itself, too. */
const AGAIN_MS = 500;

interface Patience {
  readonly clock: Clock;
  /** Called each time the store could not be had. */
  readonly onRefusal: (error: StoreUnavailableError) => void;
  /** Once aborted, the next refusal is the last. */
  readonly until?: AbortSignal;
}

/** Writes what would otherwise be forgotten, and tries again for as long as the store cannot be had. */
export async function untilStored<T>(
  write: () => Promise<T>,
  { clock, onRefusal, until }: Patience,
): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || until?.aborted === true) throw error;
      onRefusal(error);
      await clock.sleep(AGAIN_MS, until);
    }
  }
}
