import {
  type LockHolder,
  type WriteLock,
} from '../../src/application/ports/outbound/write-lock.ts';

/** A lock that is held by whom a test says. */
export class ScriptedWriteLock implements WriteLock {
  heldBy: LockHolder | undefined;

  holder(): Promise<LockHolder | undefined> {
    return Promise.resolve(this.heldBy);
  }
}
