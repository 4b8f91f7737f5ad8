import { FilesystemKnowledgeStore } from '../adapters/outbound/filesystem/filesystem-knowledge-store.ts';
import { SystemClock } from '../adapters/outbound/system/system-clock.ts';
import { type Config } from './config.ts';

/** The knowledge that the configuration names, for commands that need nothing else of the service. */
export function openKnowledge(config: Config['knowledge']): FilesystemKnowledgeStore {
  const { folder, personaFile, contextTokens, watchMs: settleMs } = config;
  const clock = new SystemClock();
  return new FilesystemKnowledgeStore({ folder, personaFile, contextTokens, clock, settleMs });
}
