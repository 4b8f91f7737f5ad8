import { existsSync } from 'node:fs';

import { CheckCommand } from '../adapters/inbound/cli/check-command.ts';
import { FilesystemKnowledgeStore } from '../adapters/outbound/filesystem/filesystem-knowledge-store.ts';
import { SystemClock } from '../adapters/outbound/system/system-clock.ts';
import { type Logger } from '../application/ports/outbound/logger.ts';
import { CheckKnowledgeUseCase } from '../application/use-cases/check-knowledge.ts';
import { GoldenGate } from '../application/use-cases/golden-gate.ts';
import { KnowledgeInspection } from '../application/use-cases/knowledge-inspection.ts';
import { InvalidConfigError, loadKnowledgeConfig, loadTimeZone } from './config.ts';

/** What is found is told by the command. */
const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Checks the knowledge that the service's environment names. @returns The exit code. */
export async function runKnowledgeCheck(words: readonly string[]): Promise<number> {
  try {
    if (process.env['NODE_ENV'] !== 'production' && existsSync('.env')) process.loadEnvFile('.env');
    const command = new CheckCommand(checkOf(process.env), {
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

function checkOf(environment: NodeJS.ProcessEnv): CheckKnowledgeUseCase {
  const { folder, personaFile, contextTokens, watchMs, gate } = loadKnowledgeConfig(environment);
  const clock = new SystemClock();
  const knowledge = new FilesystemKnowledgeStore({
    folder,
    personaFile,
    contextTokens,
    clock,
    settleMs: watchMs,
  });
  const timeZone = loadTimeZone(environment);
  return new CheckKnowledgeUseCase({
    knowledge,
    inspection: new KnowledgeInspection({ knowledge, clock, logger: SILENT }, timeZone),
    gate: new GoldenGate({ clock, logger: SILENT }, { mode: gate, timeZone }),
  });
}
