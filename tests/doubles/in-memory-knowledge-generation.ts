import { type KnowledgeGeneration } from '../../src/application/ports/outbound/knowledge-generation.ts';
import { type InMemoryState } from './in-memory-state.ts';

/** A counter that the in-memory stores share. */
export class InMemoryKnowledgeGeneration implements KnowledgeGeneration {
  readonly #state: Pick<InMemoryState, 'generation'>;

  constructor(state: Pick<InMemoryState, 'generation'>) {
    this.#state = state;
  }

  current(): Promise<number> {
    return Promise.resolve(this.#state.generation);
  }

  raise(): Promise<number> {
    this.#state.generation += 1;
    return Promise.resolve(this.#state.generation);
  }
}
