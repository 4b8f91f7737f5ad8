import { type Passage } from '../../domain/knowledge/passage.ts';
import { embeddedText, VectorTable } from '../../domain/knowledge/vector-table.ts';
import { type EmbeddingReport, type EmbedKnowledge } from '../ports/inbound/embed-knowledge.ts';
import { type Clock } from '../ports/outbound/clock.ts';
import {
  type Embedder,
  EmbeddingError,
  type EmbeddingErrorKind,
} from '../ports/outbound/embedder.ts';
import { type EmbeddingStore } from '../ports/outbound/embedding-store.ts';
import { type KnowledgeStore } from '../ports/outbound/knowledge-store.ts';
import { type Logger } from '../ports/outbound/logger.ts';
import { type PassageSimilarity } from '../ports/outbound/passage-similarity.ts';

export interface EmbedKnowledgePorts {
  readonly knowledge: KnowledgeStore;
  readonly similarity: PassageSimilarity;
  readonly embedder: Embedder;
  readonly embeddings: EmbeddingStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** With vectors of 1,536 numbers these are 61 MB in every process. */
const MOST_PASSAGES = 10_000;

/** So many passages are looked up at once. */
const SLICE = 200;

/** So many passages go into one call: some 70,000 characters at most. */
const BATCH = 64;
const CALL_MS = 30_000;

/** How long to wait for passages that another process has taken on, ms. */
const OTHERS_MS = 1_000;

/** After a failure, ms; twice as long after each further one. */
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 600_000;

/** How often it is noted that the vectors are still of use, ms. */
const KEEP_EVERY_MS = 86_400_000;

/** Brings vectors and passages together, in the background: until then passages are found by their words. */
export class EmbedKnowledgeUseCase implements EmbedKnowledge {
  #doneVersion = '';
  #keptAt = 0;
  #failures = 0;
  #notBefore = 0;
  #state: EmbeddingReport['state'] = 'working';
  #failure: EmbeddingErrorKind | undefined;

  constructor(private readonly ports: EmbedKnowledgePorts) {}

  get report(): EmbeddingReport {
    const { served, failure: asked } = this.ports.similarity;
    const failure = this.#failure ?? asked;
    const embedded = served.count;
    return failure === undefined
      ? { state: this.#state, embedded }
      : { state: 'failing', embedded, failure };
  }

  async execute(stopping: AbortSignal): Promise<void> {
    const { version } = this.ports.knowledge.current();
    if (!this.#isDue(version)) return;
    try {
      await this.#embed(stopping);
      if (!stopping.aborted) this.#done(version);
    } catch (error) {
      if (!(error instanceof EmbeddingError)) throw error;
      if (!stopping.aborted) this.#failed(error);
    }
  }

  #isDue(version: string): boolean {
    const now = this.ports.clock.monotonic();
    const isNew = version !== '' && version !== this.#doneVersion;
    return now >= this.#notBefore && (isNew || now - this.#keptAt >= KEEP_EVERY_MS);
  }

  #done(version: string): void {
    this.#doneVersion = version;
    this.#keptAt = this.ports.clock.monotonic();
    this.#failures = 0;
    this.#failure = undefined;
  }

  #failed({ kind, message }: EmbeddingError): void {
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#failure = kind;
    this.#notBefore = this.ports.clock.monotonic() + waitMs;
    this.ports.logger.warn('passages not embedded', {
      kind,
      reason: message,
      next: `tries again in ${waitMs / 1000} s`,
      hint: 'passages are found by their words alone meanwhile',
    });
  }

  async #embed(stopping: AbortSignal): Promise<void> {
    const { whole, passages } = this.ports.knowledge.content();
    const all = whole ? [] : [...passages];
    if (whole || all.length > MOST_PASSAGES) {
      this.#leave(whole ? 'not_needed' : 'too_many', all.length);
      return;
    }
    this.#state = 'working';
    const table = new VectorTable(all.length);
    try {
      const missing = await this.#takeKnown(all, table, stopping);
      await this.#embedMissing(missing, table, stopping);
    } finally {
      // Also what there is of it when the rest fails.
      if (!stopping.aborted) this.ports.similarity.serve(table);
    }
    if (stopping.aborted) return;
    this.#state = 'ready';
    await this.#keep(all, stopping);
  }

  #leave(state: 'not_needed' | 'too_many', passages: number): void {
    if (state === 'too_many' && this.#state !== 'too_many') {
      const hint = 'passages are found by their words alone; take out what is not used';
      this.ports.logger.warn('too many passages to be embedded', { passages, hint });
    }
    this.#state = state;
    this.ports.similarity.serve(new VectorTable(0));
  }

  /** @returns The passages without a vector. */
  async #takeKnown(
    all: readonly Passage[],
    table: VectorTable,
    stopping: AbortSignal,
  ): Promise<readonly Passage[]> {
    const { similarity, embeddings, embedder, clock } = this.ports;
    const missing: Passage[] = [];
    for (const slice of slicesOf(all)) {
      if (stopping.aborted) return [];
      const unknown = slice.filter((passage) => {
        const vector = similarity.served.vectorOf(passage);
        return vector === undefined || !table.add(passage, vector);
      });
      if (unknown.length === 0) continue;
      const kept = await embeddings.find(embedder.model, unknown.map(embeddedText));
      missing.push(...notTaken(table, unknown, kept));
      // Reading thousands of vectors would hold up everything else.
      await clock.sleep(1, stopping);
    }
    return missing;
  }

  async #embedMissing(
    missing: readonly Passage[],
    table: VectorTable,
    stopping: AbortSignal,
  ): Promise<void> {
    const { embeddings, embedder, clock } = this.ports;
    let open = missing;
    while (open.length > 0 && !stopping.aborted) {
      const others: Passage[] = [];
      for (const batch of slicesOf(open, BATCH)) {
        others.push(...(await this.#embedBatch(batch, table, stopping)));
      }
      if (others.length === 0) return;
      await clock.sleep(OTHERS_MS, stopping);
      const found = await embeddings.find(embedder.model, others.map(embeddedText));
      open = notTaken(table, others, found);
    }
  }

  /** @returns The passages that another process has taken on. */
  async #embedBatch(
    batch: readonly Passage[],
    table: VectorTable,
    stopping: AbortSignal,
  ): Promise<readonly Passage[]> {
    const { embeddings, embedder } = this.ports;
    if (stopping.aborted) return [];
    const claimed = await embeddings.claim(embedder.model, batch.map(embeddedText));
    const mine = batch.filter((_, index) => claimed[index] === true);
    const texts = mine.map(embeddedText);
    if (texts.length > 0) {
      const vectors = await this.#call(texts, stopping);
      const rows = texts.flatMap((text, index) => {
        const vector = vectors[index];
        return vector === undefined ? [] : [{ text, vector }];
      });
      await embeddings.add(embedder.model, rows);
      notTaken(table, mine, vectors);
    }
    return batch.filter((_, index) => claimed[index] !== true);
  }

  async #call(texts: readonly string[], stopping: AbortSignal): Promise<readonly Float32Array[]> {
    const { embeddings, embedder } = this.ports;
    try {
      return (await embedder.embed(texts, CALL_MS, stopping)).vectors;
    } catch (error) {
      await embeddings.release(embedder.model, texts);
      throw error;
    }
  }

  async #keep(all: readonly Passage[], stopping: AbortSignal): Promise<void> {
    const { embeddings, embedder } = this.ports;
    for (const slice of slicesOf(all)) {
      if (stopping.aborted) return;
      await embeddings.keep(embedder.model, slice.map(embeddedText));
    }
  }
}

/** Takes the vectors in. @returns The passages that have none. One of another size is as good as none, and final. */
function notTaken(
  table: VectorTable,
  passages: readonly Passage[],
  vectors: readonly (Float32Array | undefined)[],
): readonly Passage[] {
  return passages.filter((passage, index) => {
    const vector = vectors[index];
    if (vector !== undefined) table.add(passage, vector);
    return vector === undefined;
  });
}

function* slicesOf<T>(all: readonly T[], size = SLICE): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}
