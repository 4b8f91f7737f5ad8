/** Tells every process that somebody asked for the knowledge to be read again. */
export interface KnowledgeGeneration {
  /** How often it was asked for; a process that has seen a lower number reads again. */
  current(): Promise<number>;

  /** Asks every process to read again. @returns The new number. */
  raise(): Promise<number>;
}
