import { type EmbeddingStore } from '../../src/application/ports/outbound/embedding-store.ts';
import { type EmbeddingRow, type InMemoryState } from './in-memory-state.ts';

const CLAIM_MS = 90_000;

/** Vectors by model and text. */
export class InMemoryEmbeddingStore implements EmbeddingStore {
  readonly #state: InMemoryState;

  constructor(state: InMemoryState) {
    this.#state = state;
  }

  find(model: string, texts: readonly string[]): Promise<readonly (Float32Array | undefined)[]> {
    return Promise.resolve(texts.map((text) => this.#row(model, text)?.vector?.slice()));
  }

  claim(model: string, texts: readonly string[]): Promise<readonly boolean[]> {
    return Promise.resolve(texts.map((text) => this.#claimOne(model, text)));
  }

  release(model: string, texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      if (this.#row(model, text)?.vector === undefined) {
        this.#state.embeddings.delete(keyOf(model, text));
      }
    }
    return Promise.resolve();
  }

  add(
    model: string,
    vectors: readonly { readonly text: string; readonly vector: Float32Array }[],
  ): Promise<void> {
    for (const { text, vector } of vectors) {
      const madeAt = this.#row(model, text)?.madeAt ?? this.#state.now;
      const row = { vector: vector.slice(), claimedUntil: 0, madeAt, usedAt: this.#state.now };
      this.#state.embeddings.set(keyOf(model, text), row);
    }
    return Promise.resolve();
  }

  keep(model: string, texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      const row = this.#row(model, text);
      if (row === undefined) continue;
      this.#state.embeddings.set(keyOf(model, text), { ...row, usedAt: this.#state.now });
    }
    return Promise.resolve();
  }

  #claimOne(model: string, text: string): boolean {
    const { now } = this.#state;
    const row = this.#row(model, text);
    if (row !== undefined && (row.vector !== undefined || row.claimedUntil > now)) return false;
    const claimed = { madeAt: now, usedAt: now, ...row, claimedUntil: now + CLAIM_MS };
    this.#state.embeddings.set(keyOf(model, text), claimed);
    return true;
  }

  #row(model: string, text: string): EmbeddingRow | undefined {
    return this.#state.embeddings.get(keyOf(model, text));
  }
}

function keyOf(model: string, text: string): string {
  return JSON.stringify([model, text]);
}
