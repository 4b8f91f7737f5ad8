/** One run of one process: enough to tell it from every other that has or had its pid. */
export interface ProcessIdentity {
  /** Where a pid means this process: a boot of a machine and, in a container, its own pids. */
  readonly place: string;
  readonly pid: number;
  /** When it was started, in the system's own count; 0 where the system does not tell. */
  readonly pidStarted: number;
}

/**
 * What became of ending a process: `gone` when that run had ended before, `waits_for_disk` when it
 * stands within the kernel, which is not its fault and would not let it end, `not_allowed` when the
 * system refuses or cannot tell one run of the pid from another.
 */
export type EndOutcome = 'ended' | 'gone' | 'waits_for_disk' | 'not_allowed';

/** The processes that this machine runs. */
export interface ProcessTable {
  /** This process. */
  readonly self: ProcessIdentity;

  /** Whether a process of this place still runs; a stopped one does. When in doubt, it does. */
  isRunning(process: ProcessIdentity): boolean;

  /** Ends a process of this place at once, also a stopped one; nothing of it runs afterwards. */
  end(process: ProcessIdentity): EndOutcome;
}
