import { setImmediate } from 'node:timers/promises';

import { type Clock } from '../../../application/ports/outbound/clock.ts';
import {
  type Embedder,
  EmbeddingError,
  type EmbeddingErrorKind,
} from '../../../application/ports/outbound/embedder.ts';
import { type Logger } from '../../../application/ports/outbound/logger.ts';
import {
  type PassageSimilarity,
  type SimilarPassages,
} from '../../../application/ports/outbound/passage-similarity.ts';
import { VectorTable } from '../../../domain/knowledge/vector-table.ts';

/** A customer waits meanwhile, and the words alone find most answers. */
const QUERY_MS = 2_000;

/** After a failure nothing is asked for so long, ms: not every turn has to wait for the same silence. */
const PAUSE_MS = 30_000;

/** Longer questions mean nothing that their beginning does not. */
const LONGEST_QUERY = 2_000;

/** Compares a query's vector with those of the passages, in this process. */
export class VectorSimilarity implements PassageSimilarity {
  #served = new VectorTable(0);
  #failure: EmbeddingErrorKind | undefined;
  #notBefore = -Infinity;

  constructor(
    private readonly embedder: Embedder,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  get served(): VectorTable {
    return this.#served;
  }

  get failure(): EmbeddingErrorKind | undefined {
    return this.#failure;
  }

  serve(table: VectorTable): void {
    this.#served = table;
  }

  async find(query: string, limit: number): Promise<SimilarPassages | undefined> {
    const table = this.#served;
    const text = query.slice(0, LONGEST_QUERY).toWellFormed().trim();
    const isPaused = this.clock.monotonic() < this.#notBefore;
    if (table.count === 0 || text === '' || isPaused) return undefined;
    try {
      const nearest = await nearestTo(await this.#vectorOf(text, table), table, limit);
      this.#worked();
      return { nearest, isKnown: (passage) => table.has(passage) };
    } catch (error) {
      if (!(error instanceof EmbeddingError)) throw error;
      this.#failed(error);
      return undefined;
    }
  }

  async #vectorOf(text: string, table: VectorTable): Promise<Float32Array> {
    const { vectors } = await this.embedder.embed([text], QUERY_MS);
    const [vector] = vectors;
    if (vector?.length === table.size) return vector;
    const message = 'The vector of a question has another size than those of the passages.';
    throw new EmbeddingError('unusable', message);
  }

  #worked(): void {
    if (this.#failure !== undefined) this.logger.info('questions embedded again');
    this.#failure = undefined;
  }

  #failed({ kind, message }: EmbeddingError): void {
    this.#notBefore = this.clock.monotonic() + PAUSE_MS;
    if (this.#failure === undefined) {
      this.logger.warn('question not embedded', {
        kind,
        reason: message,
        hint: 'passages are found by their words alone meanwhile',
      });
    }
    this.#failure = kind;
  }
}

async function nearestTo(
  vector: Float32Array,
  table: VectorTable,
  limit: number,
): Promise<SimilarPassages['nearest']> {
  const search = table.nearest(vector, limit);
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
    await setImmediate();
  }
}
