import { type KnowledgeGeneration } from '../../../application/ports/outbound/knowledge-generation.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** The number that every process watches. */
export class SqliteKnowledgeGeneration implements KnowledgeGeneration {
  readonly #context: SqliteContext;

  constructor(context: SqliteContext) {
    this.#context = context;
  }

  current(): Promise<number> {
    return this.#context.db.read(() => this.#generation());
  }

  raise(): Promise<number> {
    const { db, clock } = this.#context;
    return db.write(() => {
      db.run(
        'UPDATE knowledge_state SET generation = generation + 1, requested_at = ? WHERE id = 1',
        clock.now(),
      );
      return this.#generation();
    });
  }

  #generation(): number {
    const row = this.#context.db.get('SELECT generation FROM knowledge_state WHERE id = 1');
    return Number(row?.['generation'] ?? 0);
  }
}
