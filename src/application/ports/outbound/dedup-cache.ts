/** Remembers for a while that something has happened, for all processes. */
export interface DedupCache {
  /** Whether the key was remembered and its time has not passed. */
  has(key: string): Promise<boolean>;

  /**
   * Remembers the key unless it is remembered already; a second call does not prolong the time.
   *
   * @returns `true` for the one caller that was first.
   */
  remember(key: string, ttlMs: number): Promise<boolean>;
}
