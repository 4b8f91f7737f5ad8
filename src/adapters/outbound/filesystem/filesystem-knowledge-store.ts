import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

import {
  type KnowledgeSnapshot,
  type KnowledgeStore,
  type ReloadReport,
} from '../../../application/ports/outbound/knowledge-store.ts';
import { corpusText } from '../../../domain/knowledge/corpus-text.ts';
import { DEFAULT_PERSONA } from '../../../domain/knowledge/default-persona.ts';
import { chooseGrounding, fitsBudget } from '../../../domain/knowledge/grounding.ts';
import { type Grounding, type Passage } from '../../../domain/knowledge/passage.ts';
import { splitDocument } from '../../../domain/knowledge/splitting.ts';
import { queryTerms, type Stem, termsOf } from '../../../domain/knowledge/terms.ts';
import { type FolderContent, FolderReader, type FolderSettings } from './folder-reader.ts';
import { FtsRanking, type IndexedPassage } from './fts-ranking.ts';
import { createPortugueseStem } from './portuguese-stem.ts';
import { errorCode } from './system-error.ts';

/** Where the knowledge is and how much of it a model is shown. */
export interface KnowledgeSettings extends FolderSettings {
  /** How many tokens of knowledge go into one prompt (RAG_CONTEXT_TOKENS). */
  readonly contextTokens: number;
}

interface SplitDocument {
  readonly text: string;
  readonly passages: readonly Passage[];
}

/** All that belongs to one state of the corpus; replaced as a whole. */
interface Served {
  readonly snapshot: KnowledgeSnapshot;
  readonly documents: ReadonlyMap<string, SplitDocument>;
  readonly passages: readonly Passage[];
  readonly fits: boolean;
}

/** So many passages are prepared before the event loop gets its turn: about 10 ms of work. */
const SLICE = 100;

// How many candidates are looked at where not all passages fit; some may be too long for the budget.
const CANDIDATES = 40;

/** Serves the `.txt` files of a folder, ranked in this process. */
export class FilesystemKnowledgeStore implements KnowledgeStore {
  private readonly reader: FolderReader;
  private readonly ranking = new FtsRanking();
  private readonly stem: Stem = createPortugueseStem();
  private served: Served = {
    snapshot: snapshotOf({ documents: [], skipped: [] }, '', 0),
    documents: new Map(),
    passages: [],
    fits: true,
  };
  private running: Promise<unknown> = Promise.resolve();
  private waiting: Partial<Record<'changed' | 'all', Promise<ReloadReport>>> = {};

  /** Reads nothing yet: until the first {@link reload} the corpus is empty. */
  constructor(private readonly settings: KnowledgeSettings) {
    this.reader = new FolderReader(settings);
  }

  current(): KnowledgeSnapshot {
    return this.served.snapshot;
  }

  /** One reading at a time; callers that ask while one runs share the next. */
  reload(how: 'changed' | 'all'): Promise<ReloadReport> {
    const shared = this.waiting.all ?? this.waiting[how];
    if (shared !== undefined) return shared;
    const next = this.running.then(() => {
      this.waiting = { ...this.waiting, [how]: undefined };
      return this.load(how);
    });
    this.waiting[how] = next;
    this.running = next;
    return next;
  }

  find(query: string): Promise<Grounding> {
    const { snapshot, passages, fits } = this.served;
    const limit = fits ? passages.length : CANDIDATES;
    const scores = this.ranking.rank(queryTerms(query, this.stem), limit);
    const corpus = { passages, fits, scores, version: snapshot.version };
    return Promise.resolve(chooseGrounding(corpus, this.settings.contextTokens));
  }

  private async load(how: 'changed' | 'all'): Promise<ReloadReport> {
    const before = this.served.snapshot;
    try {
      await this.serve(await this.reader.content(how));
    } catch (error) {
      const failure = `A pasta de conhecimento não pôde ser lida (${errorCode(error)}).`;
      return { snapshot: this.served.snapshot, changed: false, failure };
    }
    const snapshot = this.served.snapshot;
    return { snapshot, changed: snapshot.version !== before.version };
  }

  private async serve(content: FolderContent): Promise<void> {
    const former = this.served.documents;
    const documents = new Map<string, SplitDocument>();
    const changes = new Map<string, readonly IndexedPassage[]>();
    for (const { path, text } of content.documents) {
      const known = former.get(path);
      if (known?.text === text) {
        documents.set(path, known);
        continue;
      }
      const passages = splitDocument(path, text);
      documents.set(path, { text, passages });
      changes.set(path, await this.prepare(passages));
    }
    for (const path of former.keys()) if (!documents.has(path)) changes.set(path, []);
    this.replace(content, documents, changes);
  }

  private async prepare(passages: readonly Passage[]): Promise<readonly IndexedPassage[]> {
    const indexed: IndexedPassage[] = [];
    for (const { id, title, section, text } of passages) {
      indexed.push({ id, terms: termsOf(`${title}\n${section}\n${text}`, this.stem) });
      if (indexed.length % SLICE === 0) await setImmediate();
    }
    return indexed;
  }

  // Without an await, so that no query meets half of the old state and half of the new one.
  private replace(
    content: FolderContent,
    documents: ReadonlyMap<string, SplitDocument>,
    changes: ReadonlyMap<string, readonly IndexedPassage[]>,
  ): void {
    const { snapshot } = this.served;
    if (changes.size === 0 && snapshot.version !== '') {
      const { documents: served, passages, fits } = this.served;
      this.served = { documents: served, passages, fits, snapshot: refreshed(snapshot, content) };
      return;
    }
    const passages = [...documents.values()].flatMap((document) => document.passages);
    const fits = fitsBudget(passages, this.settings.contextTokens);
    const version = versionOf(content);
    this.ranking.replace(changes);
    this.served = {
      snapshot: snapshotOf(content, version, passages.length),
      documents,
      passages,
      fits,
    };
  }
}

// The texts are as before: only the persona and the reasons can have changed.
function refreshed(snapshot: KnowledgeSnapshot, content: FolderContent): KnowledgeSnapshot {
  const persona = content.persona ?? DEFAULT_PERSONA;
  const version = persona === snapshot.persona ? snapshot.version : versionOf(content);
  return { ...snapshot, version, persona, skipped: content.skipped };
}

function snapshotOf(content: FolderContent, version: string, passages: number): KnowledgeSnapshot {
  return {
    version,
    text: corpusText(content.documents),
    documents: content.documents.length,
    passages,
    skipped: content.skipped,
    persona: content.persona ?? DEFAULT_PERSONA,
  };
}

function versionOf({ documents, persona }: FolderContent): string {
  const hash = createHash('sha256');
  for (const { path, text } of documents) hash.update(JSON.stringify([path, text]));
  return hash
    .update(JSON.stringify(persona ?? DEFAULT_PERSONA))
    .digest('hex')
    .slice(0, 12);
}
