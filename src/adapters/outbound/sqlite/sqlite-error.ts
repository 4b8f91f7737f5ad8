import { StoreUnavailableError } from '../../../application/ports/outbound/store-unavailable-error.ts';

const BUSY = 5;

/**
 * Primary result codes that say "not now" or "not on this disk" and nothing about the row: busy,
 * locked, out of memory, read-only, interrupted, i/o error, full, cannot open.
 */
const UNAVAILABLE: ReadonlySet<number> = new Set([BUSY, 6, 7, 8, 9, 10, 13, 14]);

/** Whether another connection holds what is asked for, so that a moment later it may be had. */
export function isBusy(error: unknown): boolean {
  return primaryCode(error) === BUSY;
}

/** The error as callers are to see it: the store's own trouble as {@link StoreUnavailableError}. */
export function asStoreError(error: unknown): unknown {
  const code = primaryCode(error);
  return code !== undefined && UNAVAILABLE.has(code) ? storeUnavailable(error) : error;
}

export function storeUnavailable(cause: unknown): StoreUnavailableError {
  const code = primaryCode(cause);
  const detail = code === undefined ? '' : ` (SQLite result ${code})`;
  return new StoreUnavailableError(`the database cannot be used now${detail}`, { cause });
}

/** SQLite's extended codes carry the primary one in their low byte. */
function primaryCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}
