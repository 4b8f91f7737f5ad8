import { createHash } from 'node:crypto';

import {
  type AskedCorpus,
  type KnowledgeGate,
  type KnowledgeSnapshot,
  type KnowledgeStore,
  type QueryContext,
  type ReloadReport,
  type ServedContent,
} from '../../src/application/ports/outbound/knowledge-store.ts';
import { byPath, corpusText, type DocumentText } from '../../src/domain/knowledge/corpus-text.ts';
import { DEFAULT_PERSONA } from '../../src/domain/knowledge/default-persona.ts';
import {
  bestPassages,
  chooseGrounding,
  fitsBudget,
  type MeasuredPassage,
  measurePassage,
} from '../../src/domain/knowledge/grounding.ts';
import {
  type Grounding,
  type Passage,
  type SkippedFile,
} from '../../src/domain/knowledge/passage.ts';
import { isQuestionsFile } from '../../src/domain/knowledge/golden-questions.ts';
import { type Said } from '../../src/domain/knowledge/earlier.ts';
import { type TermOrigin } from '../../src/domain/knowledge/query.ts';
import { type SearchResult } from '../../src/domain/knowledge/search-result.ts';
import { splitDocument } from '../../src/domain/knowledge/splitting.ts';
import { queryWords, termsOf } from '../../src/domain/knowledge/terms.ts';

const asIs = (word: string): string => word;

function termsIn({ title, section, text }: Passage): readonly string[] {
  return termsOf(`${title}\n${section}\n${text}`, asIs);
}

function scoresIn(passages: readonly Passage[], query: string): ReadonlyMap<string, number> {
  const wanted = new Set(queryWords(query, asIs).map(({ term }) => term));
  const scored = passages.map((passage): [string, number] => {
    const terms = new Set(termsIn(passage));
    return [passage.id, [...wanted].filter((term) => terms.has(term)).length];
  });
  return new Map(scored.filter(([, score]) => score > 0).sort((a, b) => b[1] - a[1]));
}

function passagesOf(documents: readonly DocumentText[]): readonly Passage[] {
  return documents.flatMap(({ path, text }) => [...splitDocument(path, text)]);
}

function measured(passages: readonly Passage[]): ReadonlyMap<string, MeasuredPassage> {
  return new Map(passages.map((passage) => [passage.id, measurePassage(passage)]));
}

/** Serves texts that a test puts in; a change is served from the next reload on. Ranks by shared words. */
export class InMemoryKnowledgeStore implements KnowledgeStore {
  /** How each reload was asked for. */
  readonly reloads: ('changed' | 'all')[] = [];
  private readonly files = new Map<string, string>();
  private persona: string = DEFAULT_PERSONA;
  private skipped: readonly SkippedFile[] = [];
  /** Everything that was looked for, with what came with it. */
  readonly queries: { query: string; said: readonly Said[]; rewording: string }[] = [];
  /** Whether it says, where not all fits, that a query hardly tells what is asked. */
  unclear = false;
  /** Whether it says that only exact words are looked for. */
  exactWordsOnly = false;
  private failure: string | undefined;
  private snapshot = this.snapshotOf([], '');
  private passages: readonly Passage[] = [];
  private documents: readonly DocumentText[] = [];
  private judged = { content: '', isAdmitted: true };

  constructor(private readonly contextTokens = 8000) {}

  put(path: string, text: string): void {
    this.files.set(path, text);
  }

  remove(path: string): void {
    this.files.delete(path);
  }

  putPersona(text: string): void {
    this.persona = text;
  }

  skip(...skipped: SkippedFile[]): void {
    this.skipped = skipped;
  }

  /** Lets every reload fail until it is called without a reason. */
  failWith(reason: string | undefined): void {
    this.failure = reason;
  }

  current(): KnowledgeSnapshot {
    return this.snapshot;
  }

  content(): ServedContent {
    const { documents, passages } = this;
    const whole = fitsBudget(passages, this.contextTokens);
    return { version: this.snapshot.version, documents, passages, whole };
  }

  async reload(how: 'changed' | 'all', gate?: KnowledgeGate): Promise<ReloadReport> {
    this.reloads.push(how);
    const before = this.snapshot.version;
    if (this.failure !== undefined) {
      return { snapshot: this.snapshot, changed: false, failure: this.failure };
    }
    const files = [...this.files].map(([path, text]) => ({ path, text })).sort(byPath);
    if (!(await this.isAdmitted(files, gate))) {
      return { snapshot: this.snapshot, changed: false, refused: true };
    }
    this.documents = files.filter(({ path }) => !isQuestionsFile(path));
    this.passages = passagesOf(this.documents);
    this.snapshot = this.snapshotOf(this.documents, this.versionOf(this.documents));
    const { snapshot } = this;
    return { snapshot, changed: snapshot.version !== before };
  }

  private async isAdmitted(files: readonly DocumentText[], gate?: KnowledgeGate): Promise<boolean> {
    const content = JSON.stringify(files);
    if (gate === undefined || content === this.judged.content) return this.judged.isAdmitted;
    const documents = files.filter(({ path }) => !isQuestionsFile(path));
    const questions = files.filter(({ path }) => isQuestionsFile(path));
    const candidate = this.asked(documents);
    const isFirst = this.snapshot.version === '';
    const isAdmitted = await gate(
      isFirst
        ? { candidate, questions }
        : { candidate, served: this.asked(this.documents), questions },
    );
    const isServed = JSON.stringify(documents) === JSON.stringify(this.documents);
    this.judged = { content, isAdmitted: isAdmitted || (isServed && !isFirst) };
    return this.judged.isAdmitted;
  }

  private asked(documents: readonly DocumentText[]): AskedCorpus {
    const passages = passagesOf(documents);
    return {
      best: (query) =>
        Promise.resolve(
          bestPassages(
            { passages: measured(passages), scores: scoresIn(passages, query) },
            this.contextTokens,
          ),
        ),
      shownAlways: () => (fitsBudget(passages, this.contextTokens) ? passages : []),
      textOf: (document) => documents.find(({ path }) => path === document)?.text,
    };
  }

  find(query: string, { said = [], rewording = '' }: QueryContext = {}): Promise<Grounding> {
    const { passages } = this;
    this.queries.push({ query, said, rewording });
    const corpus = {
      unclear: this.unclear,
      passages: measured(passages),
      version: this.snapshot.version,
      fits: fitsBudget(passages, this.contextTokens),
      scores: scoresIn(passages, `${query} ${rewording}`),
    };
    return Promise.resolve(chooseGrounding(corpus, this.contextTokens));
  }

  search(query: string, limit: number): Promise<SearchResult> {
    const known = new Set(this.passages.flatMap((passage) => termsIn(passage)));
    const words = queryWords(query, asIs).map(({ word, term }) => {
      const origin: TermOrigin = known.has(term) ? 'typed' : 'unknown';
      return { word, meant: [{ word, term, weight: 1, origin }], near: [] };
    });
    const byId = new Map(this.passages.map((passage) => [passage.id, passage]));
    const passages = [...scoresIn(this.passages, query)].slice(0, limit).flatMap(([id, score]) => {
      const passage = byId.get(id);
      return passage === undefined ? [] : [{ ...passage, score }];
    });
    const whole = fitsBudget(this.passages, this.contextTokens);
    return Promise.resolve({ passages, words, whole, version: this.snapshot.version });
  }

  private snapshotOf(documents: readonly DocumentText[], version: string): KnowledgeSnapshot {
    const passages = passagesOf(documents).length;
    const text = corpusText(documents);
    const { skipped, persona } = this;
    const counts = { documents: documents.length, passages };
    return { version, text, ...counts, skipped, exactWordsOnly: this.exactWordsOnly, persona };
  }

  private versionOf(documents: readonly DocumentText[]): string {
    const content = JSON.stringify([documents, this.persona]);
    return createHash('sha256').update(content).digest('hex').slice(0, 12);
  }
}
