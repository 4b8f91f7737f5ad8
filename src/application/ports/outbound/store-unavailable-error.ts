/**
 * The store could not take a write in time, or could not be heard to have taken it; it may be tried
 * again, and whoever does that must bear that it was kept.
 */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}
