import { type RegisteredProcess } from './process-registry.ts';

/** Who keeps the writes of this process waiting at one moment. */
export type LockHolder =
  | {
      /** Another process that works on the store. */
      readonly kind: 'neighbour';
      readonly process: RegisteredProcess;
      /** How long it has not shown that it lives, ms. */
      readonly silentMs: number;
    }
  /** A process that is none of the store's. */
  | { readonly kind: 'stranger'; readonly pid: number }
  /** The system does not tell. */
  | { readonly kind: 'unseen' };

/** The lock that lets only one process at a time write, where the store has such a one. */
export interface WriteLock {
  /**
   * Who holds the lock now; `undefined` where this process was not refused for a second without a
   * break, or where the store lets others write beside a process that stands still. Needs no write.
   */
  holder(): Promise<LockHolder | undefined>;
}
