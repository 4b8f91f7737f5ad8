/** Why there are no vectors: it may work again later, it will not until something is set right, or they cannot be used. */
export type EmbeddingErrorKind = 'unavailable' | 'refused' | 'unusable';

/** No vectors came. The message names what happened, without a word that came from outside. */
export class EmbeddingError extends Error {
  constructor(
    readonly kind: EmbeddingErrorKind,
    message: string,
  ) {
    super(message);
    this.name = 'EmbeddingError';
  }
}

/** What one call brought. */
export interface Embedded {
  /** One a text, in their order, each of length 1 and all of as many numbers. */
  readonly vectors: readonly Float32Array[];
  /** What it cost, as the provider reports it. */
  readonly tokens: number;
}

/** Tells of texts what they mean, as vectors: the nearer two are, the more alike the meanings. */
export interface Embedder {
  /** Names the model and where it is: vectors of other models cannot be compared with its own. */
  readonly model: string;

  /**
   * One try.
   *
   * @param texts - At least one, none empty.
   * @param withinMs - From the request to the last byte of the answer.
   * @param signal - Ends the call early.
   * @throws EmbeddingError
   */
  embed(texts: readonly string[], withinMs: number, signal?: AbortSignal): Promise<Embedded>;
}
