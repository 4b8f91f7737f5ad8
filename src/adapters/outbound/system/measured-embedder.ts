import { type Clock } from '../../../application/ports/outbound/clock.ts';
import {
  type Embedded,
  type Embedder,
  EmbeddingError,
} from '../../../application/ports/outbound/embedder.ts';
import { type Meter } from '../../../application/ports/outbound/meter.ts';

/** Measures every call, whoever asks. A call that was called off tells nothing of the model. */
export class MeasuredEmbedder implements Embedder {
  readonly model: string;

  constructor(
    private readonly embedder: Embedder,
    private readonly clock: Clock,
    private readonly meter: Meter,
  ) {
    this.model = embedder.model;
  }

  async embed(texts: readonly string[], withinMs: number, signal?: AbortSignal): Promise<Embedded> {
    const startedAt = this.clock.monotonic();
    try {
      const embedded = await this.embedder.embed(texts, withinMs, signal);
      this.meter.embeddingEnded('ok', this.clock.monotonic() - startedAt, embedded.tokens);
      return embedded;
    } catch (error) {
      if (error instanceof EmbeddingError && signal?.aborted !== true) {
        this.meter.embeddingEnded(error.kind, this.clock.monotonic() - startedAt, 0);
      }
      throw error;
    }
  }
}
