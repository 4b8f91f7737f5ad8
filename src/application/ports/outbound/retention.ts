import { type RetentionAges } from '../../../domain/retention.ts';

/** What is kept, in an order in which nothing is erased that something older points to. */
export type KeptRows =
  | 'rawBodies'
  | 'history'
  | 'echoes'
  | 'replies'
  | 'messages'
  | 'turns'
  | 'embeddings'
  | 'dedupKeys';

/** How many rows were erased, and `texts`: from how many others their texts. Absent stands for none. */
export type ErasedCounts = Readonly<Partial<Record<KeptRows | 'texts', number>>>;

/** How far a purge has come. */
export interface PurgePosition {
  readonly rows: KeptRows;
  /** The last id that was looked at. */
  readonly after: number;
}

/** One step of a purge. */
export interface PurgeStep {
  readonly erased: ErasedCounts;
  /** Where the next step begins; absent when all has been looked at. */
  readonly next?: PurgePosition;
}

/** Erases what has been kept for long enough. */
export interface Retention {
  /**
   * Looks at a few hundred rows at most, in one short transaction, and erases what is older than its
   * age. Several processes may do so at once.
   *
   * What waits for an answer, for a decision or to be sent, and turns and replies that were given up
   * and neither retried nor dismissed, stay whole at any age, with what they point to; only the bodies
   * that they came in go, and what the history says of a turn's messages.
   * A message stays known by its id for `rowMs`, without its text after `textMs`. After the last step
   * what was erased is out of the store's files too, as far as the store has these in its hand.
   *
   * @param from - Where the step before ended; absent at the beginning.
   */
  purge(ages: RetentionAges, from?: PurgePosition): Promise<PurgeStep>;
}
