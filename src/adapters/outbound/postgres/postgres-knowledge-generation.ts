import { type KnowledgeGeneration } from '../../../application/ports/outbound/knowledge-generation.ts';
import { type PostgresContext } from './postgres-context.ts';

/** The number that every process watches. */
export class PostgresKnowledgeGeneration implements KnowledgeGeneration {
  readonly #context: PostgresContext;

  constructor(context: PostgresContext) {
    this.#context = context;
  }

  current(): Promise<number> {
    return this.#context.db.read(async (session) => {
      const row = await session.get('SELECT generation FROM knowledge_state WHERE id = 1');
      return Number(row?.['generation'] ?? 0);
    });
  }

  raise(): Promise<number> {
    return this.#context.db.write(async (tx) => {
      const row = await tx.get(
        `UPDATE knowledge_state SET generation = generation + 1, requested_at = $1
         WHERE id = 1 RETURNING generation`,
        await tx.now(),
      );
      return Number(row?.['generation'] ?? 0);
    });
  }
}
