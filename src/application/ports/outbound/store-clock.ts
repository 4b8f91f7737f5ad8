/**
 * The time that leases and windows are counted in, ms. It never runs backwards and does not follow
 * jumps of the wall clock, yet stays near it, so that people can read it.
 */
export interface StoreClock {
  now(): number;
}
