import { type EmbeddingStore } from '../../../application/ports/outbound/embedding-store.ts';
import { bytesVector, CLAIM_MS, contentHash, NOTE_MS, vectorBytes } from '../sql/embedding-rows.ts';
import { type PostgresContext } from './postgres-context.ts';

/**
 * The vectors as rows; a row without one is a text that somebody has taken on. Rows are always
 * written in the order of their hashes, so that two who write the same wait instead of failing.
 */
export class PostgresEmbeddingStore implements EmbeddingStore {
  readonly #context: PostgresContext;

  constructor(context: PostgresContext) {
    this.#context = context;
  }

  async find(
    model: string,
    texts: readonly string[],
  ): Promise<readonly (Float32Array | undefined)[]> {
    const hashes = texts.map(contentHash);
    const rows = await this.#context.db.read((session) => {
      const sql = `SELECT text_hash, vector FROM embedding
        WHERE model = $1 AND text_hash = ANY ($2::text[]) AND vector IS NOT NULL`;
      return session.all(sql, model, hashes);
    });
    const byHash = new Map(
      rows.map((row) => [row['text_hash'], bytesVector(row['vector'] as Uint8Array)]),
    );
    return hashes.map((textHash) => byHash.get(textHash));
  }

  async claim(model: string, texts: readonly string[]): Promise<readonly boolean[]> {
    const hashes = texts.map(contentHash);
    const rows = await this.#context.db.write(async (tx) => {
      const now = await tx.now();
      const sql = `INSERT INTO embedding (model, text_hash, claimed_until, made_at, used_at)
        SELECT $1, text_hash, $2::bigint, $3::bigint, $3::bigint
        FROM unnest($4::text[]) AS text_hash
        ON CONFLICT (model, text_hash) DO UPDATE SET claimed_until = excluded.claimed_until
        WHERE embedding.vector IS NULL AND embedding.claimed_until <= excluded.made_at
        RETURNING text_hash`;
      return tx.all(sql, model, now + CLAIM_MS, now, inOrder(hashes));
    });
    const claimed = new Set(rows.map((row) => row['text_hash']));
    return hashes.map((textHash) => claimed.delete(textHash));
  }

  async release(model: string, texts: readonly string[]): Promise<void> {
    const hashes = inOrder(texts.map(contentHash));
    await this.#context.db.write(async (tx) => {
      const sql = `DELETE FROM embedding
        WHERE model = $1 AND text_hash = ANY ($2::text[]) AND vector IS NULL`;
      await tx.run(sql, model, hashes);
    });
  }

  async add(
    model: string,
    vectors: readonly { readonly text: string; readonly vector: Float32Array }[],
  ): Promise<void> {
    const byHash = new Map(vectors.map(({ text, vector }) => [contentHash(text), vector]));
    await this.#context.db.write(async (tx) => {
      const now = await tx.now();
      const sql = `INSERT INTO embedding (model, text_hash, vector, made_at, used_at)
        VALUES ($1, $2, $3, $4::bigint, $4::bigint)
        ON CONFLICT (model, text_hash) DO UPDATE
        SET vector = excluded.vector, claimed_until = NULL, used_at = excluded.used_at`;
      for (const textHash of inOrder([...byHash.keys()])) {
        const vector = byHash.get(textHash);
        if (vector !== undefined) await tx.run(sql, model, textHash, vectorBytes(vector), now);
      }
    });
  }

  async keep(model: string, texts: readonly string[]): Promise<void> {
    const hashes = inOrder(texts.map(contentHash));
    await this.#context.db.write(async (tx) => {
      const now = await tx.now();
      const sql = `UPDATE embedding SET used_at = $1 WHERE id IN (
        SELECT id FROM embedding WHERE model = $2 AND text_hash = ANY ($3::text[]) AND used_at <= $4
        ORDER BY text_hash FOR UPDATE)`;
      await tx.run(sql, now, model, hashes, now - NOTE_MS);
    });
  }
}

/** Each once. */
function inOrder(hashes: readonly string[]): readonly string[] {
  return [...new Set(hashes)].sort();
}
