import { existsSync } from 'node:fs';

import { AskCommand } from '../adapters/inbound/cli/ask-command.ts';
import { FilesystemKnowledgeStore } from '../adapters/outbound/filesystem/filesystem-knowledge-store.ts';
import { SystemClock } from '../adapters/outbound/system/system-clock.ts';
import { SearchKnowledgeUseCase } from '../application/use-cases/search-knowledge.ts';
import { InvalidConfigError, loadKnowledgeConfig } from './config.ts';

/** Asks the knowledge that the service's environment names. @returns The exit code. */
export async function runAsk(words: readonly string[]): Promise<number> {
  try {
    if (process.env['NODE_ENV'] !== 'production' && existsSync('.env')) process.loadEnvFile('.env');
    const { folder, personaFile, contextTokens, watchMs } = loadKnowledgeConfig(process.env);
    const knowledge = new FilesystemKnowledgeStore({
      folder,
      personaFile,
      contextTokens,
      clock: new SystemClock(),
      settleMs: watchMs,
    });
    const command = new AskCommand(knowledge, new SearchKnowledgeUseCase(knowledge), {
      out: (line) => process.stdout.write(`${line}\n`),
      err: (line) => process.stderr.write(`${line}\n`),
    });
    return await command.run(words);
  } catch (error) {
    if (!(error instanceof InvalidConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
