const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Long enough to look into what a gateway posted when a customer complains. */
const RAW_BODY_MS = 7 * DAY_MS;

/** An echo comes within minutes; a gateway that was offline delivers the next day. */
const ECHO_MS = 48 * HOUR_MS;

/** So long a message that is delivered again is known by its id. */
const MESSAGE_KEY_MS = 30 * DAY_MS;

/** The vector of a text that comes back, as after a mistake in a file, is not paid for again. */
const EMBEDDING_MS = 7 * DAY_MS;

/** How old what is kept may get, ms. */
export interface RetentionAges {
  readonly rawBodyMs: number;
  readonly echoMs: number;
  /** Everything that anybody wrote or that tells what it was about, wherever it stands. */
  readonly textMs: number;
  /** What is left of messages, replies and turns without their texts; never less than `textMs`. */
  readonly rowMs: number;
  /** Vectors of the shop's own texts, since they were last of use. */
  readonly embeddingMs: number;
}

/** The ages for a history that is kept so long, ms. */
export function retentionAges(historyMs: number): RetentionAges {
  return {
    rawBodyMs: Math.min(RAW_BODY_MS, historyMs),
    echoMs: Math.min(ECHO_MS, historyMs),
    textMs: historyMs,
    rowMs: Math.max(historyMs, MESSAGE_KEY_MS),
    embeddingMs: EMBEDDING_MS,
  };
}
