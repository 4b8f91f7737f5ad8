import { createHash } from 'node:crypto';

import {
  type KnowledgeSnapshot,
  type KnowledgeStore,
  type ReloadReport,
} from '../../../application/ports/outbound/knowledge-store.ts';
import { byPath, corpusText } from '../../../domain/knowledge/corpus-text.ts';
import { DEFAULT_PERSONA } from '../../../domain/knowledge/default-persona.ts';
import {
  chooseGrounding,
  fitsBudget,
  type MeasuredPassage,
} from '../../../domain/knowledge/grounding.ts';
import {
  type Grounding,
  type Passage,
  type SkippedFile,
} from '../../../domain/knowledge/passage.ts';
import { type SearchResult } from '../../../domain/knowledge/search-result.ts';
import { FolderReader, type FolderSettings } from './folder-reader.ts';
import { PassageRanking } from './passage-ranking.ts';
import { createPortugueseStem } from './portuguese-stem.ts';
import { type CorpusLimits, type ServedDocument, SplitCorpus } from './split-corpus.ts';
import { errorCode } from './system-error.ts';

/** Where the knowledge is and how much of it a model is shown. */
export interface KnowledgeSettings extends FolderSettings {
  /** How many tokens of knowledge go into one prompt (RAG_CONTEXT_TOKENS). */
  readonly contextTokens: number;
  /** For tests: how many passages are served. */
  readonly limits?: CorpusLimits;
}

/** All that belongs to one state of the corpus; replaced as a whole. */
interface Served {
  readonly snapshot: KnowledgeSnapshot;
  readonly passages: ReadonlyMap<string, MeasuredPassage>;
  readonly fits: boolean;
}

/** What makes a snapshot. */
interface Content {
  readonly documents: readonly ServedDocument[];
  readonly skipped: readonly SkippedFile[];
  readonly persona: string;
}

/**
 * 5 MB of prose are at most 8,700 passages; with 100,000 short passages a process was measured at
 * 290 MB.
 */
const LIMITS: CorpusLimits = { passagesPerFile: 10_000, passages: 120_000 };

// How many candidates are looked at where not all passages fit; some may be too long for the budget.
const CANDIDATES = 40;

const NOTHING: Content = { documents: [], skipped: [], persona: DEFAULT_PERSONA };

/** Serves the `.txt` files of a folder, ranked in this process. */
export class FilesystemKnowledgeStore implements KnowledgeStore {
  private readonly reader: FolderReader;
  private readonly ranking = new PassageRanking(createPortugueseStem());
  private readonly corpus: SplitCorpus;
  private served: Served = {
    snapshot: { ...snapshotOf(NOTHING, '', 0), exactWordsOnly: false },
    passages: new Map(),
    fits: true,
  };
  private running: Promise<unknown> = Promise.resolve();
  private waiting: Partial<Record<'changed' | 'all', Promise<ReloadReport>>> = {};

  /** Reads nothing yet: until the first {@link reload} the corpus is empty. */
  constructor(private readonly settings: KnowledgeSettings) {
    this.reader = new FolderReader(settings);
    this.corpus = new SplitCorpus(this.ranking, settings.limits ?? LIMITS);
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
    const limit = fits ? passages.size : CANDIDATES;
    const { scores } = this.ranking.rank(query, passages, limit);
    const corpus = { passages, fits, scores, version: snapshot.version };
    return Promise.resolve(chooseGrounding(corpus, this.settings.contextTokens));
  }

  search(query: string, limit: number): Promise<SearchResult> {
    const { snapshot, passages, fits } = this.served;
    const { scores, query: read } = this.ranking.rank(query, passages, limit);
    const found = [...scores].flatMap(([id, score]) => {
      const passage = passages.get(id)?.passage;
      return passage === undefined ? [] : [{ ...passage, score }];
    });
    const { version } = snapshot;
    return Promise.resolve({ passages: found, words: read.words, whole: fits, version });
  }

  private async load(how: 'changed' | 'all'): Promise<ReloadReport> {
    const before = this.served.snapshot;
    try {
      await this.serve(how);
    } catch (error) {
      const failure = `A pasta de conhecimento não pôde ser lida (${errorCode(error)})`;
      return { snapshot: this.served.snapshot, changed: false, failure };
    }
    const snapshot = this.served.snapshot;
    return { snapshot, changed: snapshot.version !== before.version };
  }

  private async serve(how: 'changed' | 'all'): Promise<void> {
    const found = await this.reader.content(how);
    const { changed, documents, passages, show, skipped } = await this.corpus.split(
      found.documents,
    );
    const content: Content = {
      documents,
      skipped: inPathOrder([...found.skipped, ...skipped]),
      persona: found.persona ?? DEFAULT_PERSONA,
    };
    if (!changed && this.served.snapshot.version !== '') {
      this.served = { ...this.served, snapshot: refreshed(this.served.snapshot, content) };
      return;
    }
    const fits = fitsBudget(passagesIn(passages), this.settings.contextTokens);
    const snapshot = {
      ...snapshotOf(content, versionOf(content), passages.size),
      exactWordsOnly: this.ranking.isReduced,
    };
    // Together, so that no query meets half of the old state and half of the new one.
    show();
    this.served = { snapshot, passages, fits };
    await this.corpus.tidy();
  }
}

function* passagesIn(measured: ReadonlyMap<string, MeasuredPassage>): Generator<Passage> {
  for (const { passage } of measured.values()) yield passage;
}

function inPathOrder(skipped: readonly SkippedFile[]): readonly SkippedFile[] {
  return skipped.toSorted((one, other) => byPath({ path: one.file }, { path: other.file }));
}

// The texts are as before: only the persona and the reasons can have changed.
function refreshed(snapshot: KnowledgeSnapshot, content: Content): KnowledgeSnapshot {
  const { persona, skipped } = content;
  const version = persona === snapshot.persona ? snapshot.version : versionOf(content);
  return { ...snapshot, version, persona, skipped };
}

function snapshotOf(
  content: Content,
  version: string,
  passages: number,
): Omit<KnowledgeSnapshot, 'exactWordsOnly'> {
  const { documents, skipped, persona } = content;
  const text = corpusText(documents);
  return { version, text, documents: documents.length, passages, skipped, persona };
}

function versionOf({ documents, persona }: Content): string {
  const digests = documents.map(({ path, digest }) => [path, digest]);
  return createHash('sha256')
    .update(JSON.stringify([digests, persona]))
    .digest('hex')
    .slice(0, 12);
}
