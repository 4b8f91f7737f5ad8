/** Ends a process of this machine that stands still and lets no other one write. */
export interface FreeWriteLock {
  /** One look; a process is ended by what several looks in a row have seen. */
  execute(): Promise<void>;
}
