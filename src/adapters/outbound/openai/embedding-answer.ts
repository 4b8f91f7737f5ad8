import { z } from 'zod';

import { type Embedded, EmbeddingError } from '../../../application/ports/outbound/embedder.ts';
import { normalised } from '../../../domain/knowledge/vector-table.ts';

/** The largest models have 4,096. */
const MOST_NUMBERS = 8_192;

/** The parts of an answer that are read. */
const answerSchema = z.object({
  data: z.array(
    z.object({
      index: z.int().nonnegative(),
      // As it was asked for, or as a server writes it that does not know the shorter form.
      embedding: z.union([z.base64(), z.array(z.number()).max(MOST_NUMBERS)]),
    }),
  ),
  usage: z.object({ total_tokens: z.int().nonnegative() }).nullish().catch(undefined),
});

/**
 * Reads an answer, trusting nothing in it.
 *
 * @throws EmbeddingError
 */
export function readEmbeddings(answer: unknown, count: number): Embedded {
  const { success, data } = answerSchema.safeParse(answer);
  if (!success) throw unusable('it holds no embeddings; check OPENAI_BASE_URL');
  if (data.data.length !== count)
    throw unusable('it holds another number of vectors than of texts');
  const byIndex = new Map(data.data.map(({ index, embedding }) => [index, toVector(embedding)]));
  const vectors = Array.from({ length: count }, (_, index) => byIndex.get(index));
  const [first] = vectors;
  if (!vectors.every((vector) => vector !== undefined && vector.length === first?.length)) {
    throw unusable('its vectors are incomplete, of different sizes or no directions');
  }
  return { vectors: vectors as readonly Float32Array[], tokens: data.usage?.total_tokens ?? 0 };
}

function toVector(embedding: string | readonly number[]): Float32Array | undefined {
  if (typeof embedding !== 'string') return normalised(embedding);
  const bytes = Buffer.from(embedding, 'base64');
  if (bytes.length % 4 !== 0 || bytes.length > 4 * MOST_NUMBERS) return undefined;
  return normalised(
    Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4)),
  );
}

function unusable(why: string): EmbeddingError {
  return new EmbeddingError('unusable', `The embeddings cannot be used: ${why}.`);
}
