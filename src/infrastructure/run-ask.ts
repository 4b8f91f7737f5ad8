import { AskCommand } from '../adapters/inbound/cli/ask-command.ts';
import { SearchKnowledgeUseCase } from '../application/use-cases/search-knowledge.ts';
import { loadKnowledgeConfig } from './config.ts';
import { openKnowledge } from './open-knowledge.ts';
import { runCommand } from './run-command.ts';

/** Asks the knowledge that the service's environment names. @returns The exit code. */
export function runAsk(words: readonly string[]): Promise<number> {
  return runCommand(words, (environment, lines) => {
    const knowledge = openKnowledge(loadKnowledgeConfig(environment));
    return new AskCommand(knowledge, new SearchKnowledgeUseCase(knowledge), lines);
  });
}
