/** Keeps the vectors of texts by model, for all processes: each text is paid for once. */
export interface EmbeddingStore {
  /** One entry a text, in their order; `undefined` where none is kept. */
  find(model: string, texts: readonly string[]): Promise<readonly (Float32Array | undefined)[]>;

  /**
   * Takes on texts that have no vector, so that no other process has them embedded too. After 90 s
   * without a vector another may take them on.
   *
   * @returns One entry a text, in their order: whether the caller has it now.
   */
  claim(model: string, texts: readonly string[]): Promise<readonly boolean[]>;

  /** Gives back texts that were taken on and will not be embedded now. */
  release(model: string, texts: readonly string[]): Promise<void>;

  /** Keeps a vector for each text, in the place of an older one. */
  add(
    model: string,
    vectors: readonly { readonly text: string; readonly vector: Float32Array }[],
  ): Promise<void>;

  /** Notes that the vectors of these texts are still of use; those that nobody uses go after a week. */
  keep(model: string, texts: readonly string[]): Promise<void>;
}
