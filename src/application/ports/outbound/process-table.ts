/** One run of one process: enough to tell it from every other that has or had its pid. */
export interface ProcessIdentity {
  /** Where a pid means this process: a boot of a machine and, in a container, its own pids. */
  readonly place: string;
  readonly pid: number;
  /** When it was started, in the system's own count; 0 where the system does not tell. */
  readonly pidStarted: number;
}

/** The processes that this machine runs. */
export interface ProcessTable {
  /** This process. */
  readonly self: ProcessIdentity;

  /** Whether a process of this place still runs; a stopped one does. When in doubt, it does. */
  isRunning(process: ProcessIdentity): boolean;
}
