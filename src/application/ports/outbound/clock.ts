/** Time as people have it. What must not jump (leases) comes from the store instead. */
export interface Clock {
  /** Ms since 1970. */
  now(): number;

  /** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
