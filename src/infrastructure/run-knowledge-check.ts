import { CheckCommand } from '../adapters/inbound/cli/check-command.ts';
import { SystemClock } from '../adapters/outbound/system/system-clock.ts';
import { type Logger } from '../application/ports/outbound/logger.ts';
import { CheckKnowledgeUseCase } from '../application/use-cases/check-knowledge.ts';
import { GoldenGate } from '../application/use-cases/golden-gate.ts';
import { KnowledgeInspection } from '../application/use-cases/knowledge-inspection.ts';
import { loadKnowledgeConfig, loadTimeZone } from './config.ts';
import { openKnowledge } from './open-knowledge.ts';
import { runCommand } from './run-command.ts';

/** What is found is told by the command. */
const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Checks the knowledge that the service's environment names. @returns The exit code. */
export function runKnowledgeCheck(words: readonly string[]): Promise<number> {
  return runCommand(words, (environment, lines) => new CheckCommand(checkOf(environment), lines));
}

function checkOf(environment: NodeJS.ProcessEnv): CheckKnowledgeUseCase {
  const config = loadKnowledgeConfig(environment);
  const clock = new SystemClock();
  const knowledge = openKnowledge(config);
  const timeZone = loadTimeZone(environment);
  return new CheckKnowledgeUseCase({
    knowledge,
    inspection: new KnowledgeInspection({ knowledge, clock, logger: SILENT }, timeZone),
    gate: new GoldenGate({ clock, logger: SILENT }, { mode: config.gate, timeZone }),
  });
}
