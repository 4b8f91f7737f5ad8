import { ClockJumpedError } from './postgres-error.ts';

/** What the database said of its time, and between which instants of this process's own clock, ms. */
export interface Hearing {
  readonly time: number;
  readonly asked: number;
  readonly heard: number;
}

/** A step of the database's clock below this, ms, moves nobody's lease by much and is followed. */
const TOLERANCE_MS = 1_000;

/** How much faster or slower than this process's clock the database's may run: twice what NTP allows. */
const LARGEST_DRIFT = 0.001;

/** An answer that took longer, ms, says too little about when it was given. */
const SOON_MS = 1_000;

/**
 * Compares the database's time with this process's own clock, which no change of the time of day
 * moves: between two answers about as much of either must have passed.
 */
export class DatabaseClock {
  #last: Hearing | undefined;

  /** By how much the clock has jumped since it was believed last, ms; 0 where it has not. */
  jumpOf({ time, asked, heard }: Hearing): number {
    if (this.#last === undefined) return 0;
    const earliest = this.#last.time + asked - this.#last.heard;
    const latest = this.#last.time + heard - this.#last.asked;
    const tolerance = TOLERANCE_MS + LARGEST_DRIFT * Math.abs(heard - this.#last.asked);
    const isPlausible = earliest - tolerance <= time && time <= latest + tolerance;
    return isPlausible ? 0 : Math.round(time - (earliest + latest) / 2);
  }

  /** @throws ClockJumpedError when the clock has jumped. */
  believe(hearing: Hearing): void {
    if (this.jumpOf(hearing) !== 0) throw new ClockJumpedError();
    if (this.#last === undefined || hearing.heard - hearing.asked <= SOON_MS) this.#last = hearing;
  }

  /** Goes by this from now on, whatever was heard before. */
  startFrom(hearing: Hearing): void {
    this.#last = hearing;
  }
}
