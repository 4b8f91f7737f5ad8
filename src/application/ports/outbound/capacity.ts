/** Why no further messages are taken: too many wait for an answer, or the disk has too little room. */
export type Shortage = 'inbox' | 'disk';

/** Tells whether there is room for more; asking costs nothing. */
export interface Capacity {
  /** What was short at the last look, about a second ago; `undefined` when there is room. */
  shortage(): Shortage | undefined;

  /** Looks anew. An error leaves the last answer standing. */
  look(): Promise<void>;
}
