import { type ProcessIdentity } from './process-table.ts';

/** Where a process sits on its machine. */
export interface Seat {
  /** The machine's name. */
  readonly host: string;
  /** Its number among the machine's processes, where a process manager gives one; otherwise a free one is taken. */
  readonly number?: number;
}

/** What a process is called in the logs: its slot, and how often the slot was started. */
export interface Station {
  /** Machine and number. */
  readonly slot: string;
  /** Grows with every start in this slot. */
  readonly incarnation: number;
}

export interface RegisteredProcess extends ProcessIdentity, Station {
  /** Its name in leases. */
  readonly owner: string;
}

/** What a process had at hand when it was given up. */
export interface Estate {
  /** How many contacts were freed. */
  readonly contacts: number;
  /** How many sends were given over. */
  readonly replies: number;
}

/** Knows every process that works on the store. */
export interface ProcessRegistry {
  /** Enters this process. Its slot's incarnation is raised; nothing of an earlier one is touched. */
  register(process: ProcessIdentity, seat: Seat): Promise<Station>;

  /**
   * Shows that this process lives and takes webhooks. Where none has shown that for more than 3 s, or
   * one has not that has neither ended nor been silent for a minute, the gap is recorded: an echo may
   * have been missed in it.
   *
   * @param isDeaf - It has refused what may have been an echo, which is a gap as well.
   * @returns The other processes of this one's place that have not ended.
   */
  beat(isDeaf?: boolean): Promise<readonly RegisteredProcess[]>;

  /**
   * Gives up a process that is gone for certain. Its contacts are due again, after the rest that
   * `restAfterDeath` tells, and a late commit of its turns is refused: each counts one death more, and
   * no attempt. Its sends that were never settled are due to become unconfirmed, as if
   * their time had passed. What somebody else is busy with at this moment is left to the next call:
   * until nothing is left, the process does not count as ended.
   */
  release(owner: string): Promise<Estate>;

  /** This process has ended its work; it is not looked after any more. */
  retire(): Promise<void>;
}
