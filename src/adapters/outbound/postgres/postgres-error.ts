import { DatabaseError } from 'pg';

import { StoreUnavailableError } from '../../../application/ports/outbound/store-unavailable-error.ts';

/** Another transaction was first; the same work succeeds when it is begun anew. */
export class RaceLostError extends Error {
  override readonly name: string = 'RaceLostError';
  /** What to call it where it does not end. */
  readonly trouble: string = 'too many at the same row';
}

/** The database's clock is not where it must be; the work succeeds once that has been made good. */
export class ClockJumpedError extends RaceLostError {
  override readonly name = 'ClockJumpedError';
  override readonly trouble = 'its clock jumps';
}

/** Serialization failure, deadlock, and two who insert the same. */
const RACES: ReadonlySet<string> = new Set(['40001', '40P01', '23505']);

/**
 * Classes of SQLSTATE that say "not now" and nothing about the row: connection, authorisation,
 * transaction state (an idle one was ended), rollback, resources (a full disk among them),
 * operator intervention (restart, time-out), system.
 */
const UNAVAILABLE_CLASSES: ReadonlySet<string> = new Set([
  '08',
  '28',
  '25',
  '40',
  '53',
  '57',
  '58',
]);

/** A lock was not to be had in time; a statement was prepared for a schema that has changed since. */
const UNAVAILABLE: ReadonlySet<string> = new Set(['55P03', '0A000']);

/** Whether the transaction may succeed when it is begun anew at once. */
export function isRace(error: unknown): boolean {
  if (error instanceof RaceLostError) return true;
  return error instanceof DatabaseError && RACES.has(error.code ?? '');
}

/**
 * The error of a statement or connection as callers are to see it: the database's own trouble as
 * {@link StoreUnavailableError}; anything else without what PostgreSQL quotes of the row, since
 * that holds customers' words.
 */
export function asStoreError(error: unknown): Error {
  if (error instanceof StoreUnavailableError) return error;
  if (error instanceof RaceLostError) return storeUnavailable(error.trouble);
  if (!(error instanceof DatabaseError)) return storeUnavailable(connectionTrouble(error));
  const code = error.code ?? '';
  if (isUnavailable(code) || RACES.has(code)) return storeUnavailable(`SQLSTATE ${code}`);
  const place = [error.table, error.column].filter((name) => name !== undefined).join('.');
  return new Error(
    `PostgreSQL refused a statement (SQLSTATE ${code}${place === '' ? '' : `, ${place}`})`,
  );
}

export function storeUnavailable(why: string): StoreUnavailableError {
  return new StoreUnavailableError(`the database cannot be used now (${why})`);
}

function isUnavailable(code: string): boolean {
  return UNAVAILABLE.has(code) || UNAVAILABLE_CLASSES.has(code.slice(0, 2));
}

/** The driver's own errors name neither row nor password. */
function connectionTrouble(error: unknown): string {
  const { code, message } = error as Partial<NodeJS.ErrnoException>;
  return code ?? message ?? 'unknown trouble';
}
