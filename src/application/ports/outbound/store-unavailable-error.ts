/** The store could not take a write in time; nothing of it was kept, and it may be tried again. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}
