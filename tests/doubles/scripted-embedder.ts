import {
  type Embedded,
  type Embedder,
  EmbeddingError,
  type EmbeddingErrorKind,
} from '../../src/application/ports/outbound/embedder.ts';
import { normalised } from '../../src/domain/knowledge/vector-table.ts';

/** What stands for the words that the texts of tests have in common. */
const MEANINGS = ['preço', 'horário', 'endereço', 'curso'];

/** Embeds by which of a few words a text has, and fails while it is told to. */
export class ScriptedEmbedder implements Embedder {
  readonly model = 'modelo de teste';
  /** The texts of each call, and how long it might take. */
  readonly calls: { readonly texts: readonly string[]; readonly withinMs: number }[] = [];
  /** Runs before each call ends. */
  meanwhile: () => Promise<unknown> = () => Promise.resolve();
  /** How many numbers a vector has more than the words need. */
  more = 0;
  private failure: EmbeddingErrorKind | undefined;

  failWith(kind: EmbeddingErrorKind | undefined): void {
    this.failure = kind;
  }

  async embed(texts: readonly string[], withinMs: number): Promise<Embedded> {
    this.calls.push({ texts, withinMs });
    await this.meanwhile();
    if (this.failure !== undefined) throw new EmbeddingError(this.failure, 'It has failed.');
    return { vectors: texts.map((text) => this.vectorOf(text)), tokens: texts.length };
  }

  private vectorOf(text: string): Float32Array {
    const found = MEANINGS.map((word) => Number(text.toLowerCase().includes(word)));
    const values = [...found, 0.1, ...Array.from({ length: this.more }, () => 0)];
    return normalised(values) ?? new Float32Array();
  }
}
