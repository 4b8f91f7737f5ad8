import { type SkippedFile } from '../../domain/knowledge/passage.ts';
import { type ReloadKnowledge, type ReloadOutcome } from '../ports/inbound/reload-knowledge.ts';
import { type KnowledgeGeneration } from '../ports/outbound/knowledge-generation.ts';
import { type KnowledgeStore, type ReloadReport } from '../ports/outbound/knowledge-store.ts';
import { type Logger } from '../ports/outbound/logger.ts';
import { type Meter } from '../ports/outbound/meter.ts';
import { type GoldenGate } from './golden-gate.ts';
import { type KnowledgeInspection } from './knowledge-inspection.ts';

export interface ReloadKnowledgePorts {
  readonly knowledge: KnowledgeStore;
  readonly gate: GoldenGate;
  readonly inspection: Pick<KnowledgeInspection, 'notices'>;
  readonly generation: KnowledgeGeneration;
  readonly logger: Logger;
  readonly meter: Pick<Meter, 'knowledgeServed'>;
}

export class ReloadKnowledgeUseCase implements ReloadKnowledge {
  #seenGeneration = 0;
  #lastFailure: string | undefined;
  #toldFiles: ReadonlySet<string> = new Set();

  /** @param autoReload - `false` (RAG_AUTO_RELOAD=0): files are read at start and on request only. */
  constructor(
    private readonly ports: ReloadKnowledgePorts,
    private readonly autoReload: boolean,
  ) {}

  async execute(trigger: 'start' | 'poll' | 'request'): Promise<ReloadOutcome> {
    const outcome = await this.reload(trigger);
    // A start does not wait for it: the first poll follows within seconds.
    if (trigger !== 'start') await this.ports.inspection.notices();
    return outcome;
  }

  private async reload(trigger: 'start' | 'poll' | 'request'): Promise<ReloadOutcome> {
    const { knowledge, generation, gate } = this.ports;
    const current = await (trigger === 'request' ? generation.raise() : generation.current());
    const wasAskedFor = current !== this.#seenGeneration;
    if (trigger === 'poll' && !wasAskedFor && !this.autoReload) {
      return { snapshot: knowledge.current(), changed: false, golden: gate.report };
    }
    const how = trigger === 'poll' && !wasAskedFor ? 'changed' : 'all';
    const report = await knowledge.reload(how, gate.admit);
    // A reading that failed is tried again by the next poll.
    if (report.failure === undefined) this.#seenGeneration = current;
    this.report(report);
    return { ...report, golden: gate.report };
  }

  private report({ snapshot, changed, failure }: ReloadReport): void {
    const { version, documents, passages, skipped } = snapshot;
    if (changed) {
      this.ports.meter.knowledgeServed(version);
      this.ports.logger.info('knowledge loaded', {
        version,
        documents,
        passages,
        filesSkipped: skipped.length,
      });
      if (snapshot.exactWordsOnly) {
        this.ports.logger.warn('too many passages for more than exact words', {
          passages,
          hint: 'misspelled words, synonyms and the commonest words are not looked for; take out what is not used and restart',
        });
      }
    }
    this.#tellSkipped(skipped);
    // The folder is looked at every few seconds; the same failure is told once.
    if (failure !== undefined && failure !== this.#lastFailure) {
      this.ports.logger.error('knowledge not reloaded, the old one stays', {
        failure,
        hint: 'check RAG_DIR and its permissions',
      });
    }
    this.#lastFailure = failure;
  }

  /** Each file once for each reason, also where nothing else is served because of it. */
  #tellSkipped(skipped: readonly SkippedFile[]): void {
    const told = new Set<string>();
    for (const { file, reason } of skipped) {
      const fact = `${file}\n${reason}`;
      told.add(fact);
      if (this.#toldFiles.has(fact)) continue;
      this.ports.logger.warn('knowledge file skipped', { file, reason });
    }
    this.#toldFiles = told;
  }
}
