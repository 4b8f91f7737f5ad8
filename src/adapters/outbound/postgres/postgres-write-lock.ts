import { type LockHolder, type WriteLock } from '../../../application/ports/outbound/write-lock.ts';

/**
 * PostgreSQL has no lock that all writers share: a process that stands still in a transaction keeps
 * a few contacts, which others pass over, until the server ends the transaction after 5 s.
 */
export class PostgresWriteLock implements WriteLock {
  holder(): Promise<LockHolder | undefined> {
    return Promise.resolve(undefined);
  }
}
