import { type HealthNotice } from '../../domain/knowledge/health/health-notice.ts';
import { inspectCorpus } from '../../domain/knowledge/health/inspect-corpus.ts';
import { localDay } from '../../domain/prompt.ts';
import { type Clock } from '../ports/outbound/clock.ts';
import { type KnowledgeStore } from '../ports/outbound/knowledge-store.ts';
import { type Logger } from '../ports/outbound/logger.ts';

export interface KnowledgeInspectionPorts {
  readonly knowledge: Pick<KnowledgeStore, 'current' | 'content'>;
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'sleep'>;
  readonly logger: Logger;
}

/** For so long the event loop is kept at a time, ms. */
const SLICE_MS = 10;

/** How many notices are logged one by one; `/context/health` shows them all. */
const LOGGED = 20;

/** What is wrong with the texts that are served, looked for once for each state of them and each day. */
export class KnowledgeInspection {
  #key = '';
  #notices: Promise<readonly HealthNotice[]> = Promise.resolve([]);

  constructor(
    private readonly ports: KnowledgeInspectionPorts,
    private readonly timeZone: string,
  ) {}

  /** Logs what it finds where it has not been looked for before. */
  notices(): Promise<readonly HealthNotice[]> {
    const { knowledge, clock } = this.ports;
    const { version, skipped } = knowledge.current();
    const today = localDay(clock.now(), this.timeZone);
    const key = JSON.stringify([version, today, skipped]);
    if (key !== this.#key) {
      this.#key = key;
      this.#notices = this.#inspect();
    }
    return this.#notices;
  }

  async #inspect(): Promise<readonly HealthNotice[]> {
    const { knowledge, clock } = this.ports;
    const { documents, passages } = knowledge.content();
    const { skipped } = knowledge.current();
    const today = localDay(clock.now(), this.timeZone);
    const found: HealthNotice[] = [];
    let startedAt = clock.monotonic();
    for (const notices of inspectCorpus({ documents, passages, skipped }, today)) {
      found.push(...notices);
      if (clock.monotonic() - startedAt < SLICE_MS) continue;
      await clock.sleep(0);
      startedAt = clock.monotonic();
    }
    this.#tell(found);
    return found;
  }

  /** Skipped files are told where they are read. */
  #tell(found: readonly HealthNotice[]): void {
    const told = found.filter(({ kind }) => kind !== 'skipped_file');
    for (const { kind, file, line, message } of told.slice(0, LOGGED)) {
      this.ports.logger.warn('knowledge needs a look', { kind, file, line, reason: message });
    }
    if (told.length > LOGGED) {
      this.ports.logger.warn('knowledge needs more looks', {
        notices: told.length,
        hint: 'GET /context/health lists them all',
      });
    }
  }
}
