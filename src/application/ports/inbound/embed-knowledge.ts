import { type EmbeddingErrorKind } from '../outbound/embedder.ts';

/** How far the served passages are comparable by meaning. */
export interface EmbeddingReport {
  /** `not_needed`: the model is shown the whole corpus anyway. `too_many`: there are more passages than fit the memory. */
  readonly state: 'not_needed' | 'too_many' | 'working' | 'ready' | 'failing';
  /** How many passages have a vector. */
  readonly embedded: number;
  /** Why it fails, where it does: passages are found by their words alone then. */
  readonly failure?: EmbeddingErrorKind;
}

/** Makes the served passages comparable by meaning. */
export interface EmbedKnowledge {
  readonly report: EmbeddingReport;

  /** Does what is left to do, if anything is; ends early once `stopping`. */
  execute(stopping: AbortSignal): Promise<void>;
}
