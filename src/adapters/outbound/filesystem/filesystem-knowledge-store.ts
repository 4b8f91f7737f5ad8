import { setImmediate } from 'node:timers/promises';

import {
  type AskedCorpus,
  type KnowledgeGate,
  type KnowledgeSnapshot,
  type KnowledgeStore,
  type QueryContext,
  type ReloadReport,
  type ServedContent,
} from '../../../application/ports/outbound/knowledge-store.ts';
import { type PassageSimilarity } from '../../../application/ports/outbound/passage-similarity.ts';
import { type DocumentText } from '../../../domain/knowledge/corpus-text.ts';
import {
  bestPassages,
  chooseGrounding,
  fitsBudget,
  type MeasuredPassage,
} from '../../../domain/knowledge/grounding.ts';
import { type Grounding, type Passage } from '../../../domain/knowledge/passage.ts';
import { isElliptic, type Said } from '../../../domain/knowledge/earlier.ts';
import { isUnclear } from '../../../domain/knowledge/query.ts';
import { type SearchResult } from '../../../domain/knowledge/search-result.ts';
import {
  type Content,
  contentOf,
  NOTHING,
  refreshed,
  snapshotOf,
  versionOf,
} from './corpus-snapshot.ts';
import { type FolderContent, FolderReader, type FolderSettings } from './folder-reader.ts';
import { fused } from './fused-ranking.ts';
import { type RankedView } from './fts-ranking.ts';
import { PassageRanking, type Ranked } from './passage-ranking.ts';
import { createPortugueseStem } from './portuguese-stem.ts';
import {
  type CorpusLimits,
  type CorpusSplit,
  type ServedDocument,
  SplitCorpus,
} from './split-corpus.ts';
import { errorCode } from './system-error.ts';

/** Where the knowledge is and how much of it a model is shown. */
export interface KnowledgeSettings extends FolderSettings {
  /** How many tokens of knowledge go into one prompt (RAG_CONTEXT_TOKENS). */
  readonly contextTokens: number;
  /** Absent: passages are found by their words alone. */
  readonly similarity?: Pick<PassageSimilarity, 'find'>;
  /** For tests: how many passages are served. */
  readonly limits?: CorpusLimits;
}

/** All that belongs to one state of the corpus; replaced as a whole. */
interface Served {
  readonly snapshot: KnowledgeSnapshot;
  readonly documents: readonly ServedDocument[];
  readonly passages: ReadonlyMap<string, MeasuredPassage>;
  readonly fits: boolean;
}

/** What the gate was asked about last, and its answer. */
interface Judged {
  readonly documents: readonly DocumentText[];
  readonly questions: readonly DocumentText[];
  readonly isAdmitted: boolean;
}

/**
 * 5 MB of prose are at most 8,700 passages; with 100,000 short passages a process was measured at
 * 290 MB.
 */
const LIMITS: CorpusLimits = { passagesPerFile: 10_000, passages: 120_000 };

// So many of the last messages say what a question like "e quanto custa?" is about.
const LEANT_ON = 2;

// How many candidates are looked at where not all passages fit; some may be too long for the budget.
const CANDIDATES = 40;

/** Serves the texts of a folder's files, ranked in this process. */
export class FilesystemKnowledgeStore implements KnowledgeStore {
  private readonly reader: FolderReader;
  private readonly ranking = new PassageRanking(createPortugueseStem());
  private readonly corpus: SplitCorpus;
  private served: Served = {
    snapshot: { ...snapshotOf(NOTHING, '', 0), exactWordsOnly: false },
    documents: [],
    passages: new Map(),
    fits: true,
  };
  private judged: Judged | undefined;
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

  content(): ServedContent {
    const { snapshot, documents, passages, fits } = this.served;
    const { version } = snapshot;
    return { version, documents, passages: passagesIn(passages), whole: fits };
  }

  /** One reading at a time; callers that ask while one runs share the next. */
  reload(how: 'changed' | 'all', gate: KnowledgeGate = admitAll): Promise<ReloadReport> {
    const shared = this.waiting.all ?? this.waiting[how];
    if (shared !== undefined) return shared;
    const next = this.running.then(() => {
      this.waiting = { ...this.waiting, [how]: undefined };
      return this.load(how, gate);
    });
    this.waiting[how] = next;
    this.running = next;
    return next;
  }

  async find(query: string, { said = [], rewording = '' }: QueryContext = {}): Promise<Grounding> {
    const { snapshot, passages, fits } = this.served;
    const limit = fits ? passages.size : CANDIDATES;
    const sought = rewording === '' ? query : `${query}\n${rewording}`;
    const ranked = this.ranking.rank(sought, passages, limit, { said });
    const unclear = isUnclear(ranked.query, ranked.scores.values().next().value ?? 0);
    const { scores } = fits
      ? ranked
      : await this.withSimilar(meantBy(sought, ranked, said), ranked, passages);
    const corpus = { passages, fits, scores, version: snapshot.version, unclear };
    return chooseGrounding(corpus, this.settings.contextTokens);
  }

  async search(query: string, limit: number): Promise<SearchResult> {
    const { snapshot, passages, fits } = this.served;
    const ranked = this.ranking.rank(query, passages, Math.max(limit, CANDIDATES));
    const { scores } = fits ? ranked : await this.withSimilar(query, ranked, passages);
    const found = [...scores].slice(0, limit).flatMap(([id, score]) => {
      const passage = passages.get(id)?.passage;
      return passage === undefined ? [] : [{ ...passage, score }];
    });
    const { words } = ranked.query;
    return { passages: found, words, whole: fits, version: snapshot.version };
  }

  /** By meaning too, where that is at hand. */
  private async withSimilar(
    query: string,
    ranked: Ranked,
    passages: Served['passages'],
  ): Promise<Ranked> {
    const similar = await this.settings.similarity?.find(query, CANDIDATES);
    return similar === undefined ? ranked : fused(ranked, similar, passages);
  }

  private async load(how: 'changed' | 'all', gate: KnowledgeGate): Promise<ReloadReport> {
    const before = this.served.snapshot;
    try {
      await this.serve(await this.reader.content(how), gate);
    } catch (error) {
      const failure = `A pasta de conhecimento não pôde ser lida (${errorCode(error)})`;
      return { snapshot: this.served.snapshot, changed: false, failure };
    }
    const snapshot = this.served.snapshot;
    const report = { snapshot, changed: snapshot.version !== before.version };
    return this.judged?.isAdmitted === false ? { ...report, refused: true } : report;
  }

  private async serve(found: FolderContent, gate: KnowledgeGate): Promise<void> {
    // Refused before, and still the same.
    if (this.judged?.isAdmitted === false && isSameContent(this.judged, found)) return;
    const split = await this.corpus.split(found.documents);
    const content = contentOf(found, split);
    // To join 24 MB and to show 100,000 passages takes 20 ms each: not in the turn in which they were put in order.
    await setImmediate();
    if (!(await this.isAdmitted(found, split, gate))) split.discard();
    else if (!split.changed && this.served.snapshot.version !== '') {
      this.served = { ...this.served, snapshot: refreshed(this.served.snapshot, content) };
    } else this.replace(split, content);
    await this.corpus.tidy();
  }

  private replace({ documents, passages, show }: CorpusSplit, content: Content): void {
    const fits = fitsBudget(passagesIn(passages), this.settings.contextTokens);
    const snapshot = {
      ...snapshotOf(content, versionOf(content), passages.size),
      exactWordsOnly: this.ranking.isReduced,
    };
    // Together, so that no query meets half of the old state and half of the new one.
    show();
    this.served = { snapshot, documents, passages, fits };
  }

  private async isAdmitted(
    { documents, questions }: FolderContent,
    split: CorpusSplit,
    gate: KnowledgeGate,
  ): Promise<boolean> {
    const { judged, served } = this;
    if (judged !== undefined && isSameContent(judged, { documents, questions })) return true;
    const trial = { candidate: this.asked(split), questions };
    const isFirst = served.snapshot.version === '';
    const isAdmitted = await gate(isFirst ? trial : { ...trial, served: this.asked(served) });
    // What is served already cannot be kept out any more.
    this.judged = { documents, questions, isAdmitted: isAdmitted || !split.changed };
    return this.judged.isAdmitted;
  }

  private asked({ documents, passages, view }: AskedState): AskedCorpus {
    const texts = new Map(documents.map(({ path, text }) => [path, text]));
    const { contextTokens } = this.settings;
    return {
      best: async (query) => {
        // Hundreds of questions may be asked in a row.
        await setImmediate();
        const seen = view === undefined ? {} : { view: view() };
        const { scores } = this.ranking.rank(query, passages, CANDIDATES, seen);
        return bestPassages({ passages, scores }, contextTokens);
      },
      shownAlways: () => {
        const all = [...passagesIn(passages)];
        return fitsBudget(all, contextTokens) ? all : [];
      },
      textOf: (document) => texts.get(document),
    };
  }
}

/** A state of the corpus, and how queries find it where it is not shown yet. */
interface AskedState {
  readonly documents: readonly DocumentText[];
  readonly passages: ReadonlyMap<string, MeasuredPassage>;
  readonly view?: () => RankedView;
}

/** What a question leans on belongs to what it means. */
function meantBy(query: string, ranked: Ranked, said: readonly Said[]): string {
  const leant = isElliptic(ranked.query.earlier) ? said.slice(-LEANT_ON) : [];
  return [...leant.map(({ text }) => text), query].join('\n');
}

const admitAll: KnowledgeGate = () => Promise.resolve(true);

function isSameContent(
  one: Pick<FolderContent, 'documents' | 'questions'>,
  other: Pick<FolderContent, 'documents' | 'questions'>,
): boolean {
  return isSameTexts(one.documents, other.documents) && isSameTexts(one.questions, other.questions);
}

function isSameTexts(one: readonly DocumentText[], other: readonly DocumentText[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ path, text }, index) => path === other[index]?.path && text === other[index].text)
  );
}

function* passagesIn(measured: ReadonlyMap<string, MeasuredPassage>): Generator<Passage> {
  for (const { passage } of measured.values()) yield passage;
}
