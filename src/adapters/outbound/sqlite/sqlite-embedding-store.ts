import { type EmbeddingStore } from '../../../application/ports/outbound/embedding-store.ts';
import { bytesVector, CLAIM_MS, contentHash, NOTE_MS, vectorBytes } from '../sql/embedding-rows.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** The vectors as rows; a row without one is a text that somebody has taken on. */
export class SqliteEmbeddingStore implements EmbeddingStore {
  readonly #context: SqliteContext;

  constructor(context: SqliteContext) {
    this.#context = context;
  }

  find(model: string, texts: readonly string[]): Promise<readonly (Float32Array | undefined)[]> {
    const { db } = this.#context;
    const hashes = texts.map(contentHash);
    return db.read(() =>
      hashes.map((textHash) => {
        const sql = 'SELECT vector FROM embedding WHERE model = ? AND text_hash = ?';
        const vector = db.get(sql, model, textHash)?.['vector'];
        return vector instanceof Uint8Array ? bytesVector(vector) : undefined;
      }),
    );
  }

  claim(model: string, texts: readonly string[]): Promise<readonly boolean[]> {
    const { db, clock } = this.#context;
    const hashes = texts.map(contentHash);
    return db.write(() => {
      const now = clock.now();
      return hashes.map((textHash) => {
        const sql = `INSERT INTO embedding (model, text_hash, claimed_until, made_at, used_at)
          VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (model, text_hash) DO UPDATE SET claimed_until = excluded.claimed_until
          WHERE vector IS NULL AND claimed_until <= excluded.made_at`;
        return db.run(sql, model, textHash, now + CLAIM_MS, now, now).changes === 1;
      });
    });
  }

  release(model: string, texts: readonly string[]): Promise<void> {
    const { db } = this.#context;
    const hashes = texts.map(contentHash);
    return db.write(() => {
      const sql = 'DELETE FROM embedding WHERE model = ? AND text_hash = ? AND vector IS NULL';
      for (const textHash of hashes) db.run(sql, model, textHash);
    });
  }

  add(
    model: string,
    vectors: readonly { readonly text: string; readonly vector: Float32Array }[],
  ): Promise<void> {
    const { db, clock } = this.#context;
    const rows = vectors.map(
      ({ text, vector }) => [contentHash(text), vectorBytes(vector)] as const,
    );
    return db.write(() => {
      const now = clock.now();
      const sql = `INSERT INTO embedding (model, text_hash, vector, made_at, used_at)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (model, text_hash) DO UPDATE
        SET vector = excluded.vector, claimed_until = NULL, used_at = excluded.used_at`;
      for (const [textHash, vector] of rows) db.run(sql, model, textHash, vector, now, now);
    });
  }

  keep(model: string, texts: readonly string[]): Promise<void> {
    const { db, clock } = this.#context;
    const hashes = texts.map(contentHash);
    return db.write(() => {
      const now = clock.now();
      const sql = `UPDATE embedding SET used_at = ?
        WHERE model = ? AND text_hash = ? AND used_at <= ?`;
      for (const textHash of hashes) db.run(sql, now, model, textHash, now - NOTE_MS);
    });
  }
}
