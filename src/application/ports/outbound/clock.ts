/** Time as people have it. What must not jump (leases) comes from the store instead. */
export interface Clock {
  /** Ms since 1970. */
  now(): number;

  /** Ms from an unknown start, for measuring how long something takes: follows no jump of the wall clock. */
  monotonic(): number;

  /** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
