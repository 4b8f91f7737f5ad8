import { createHash } from 'node:crypto';

import {
  type KnowledgeSnapshot,
  type KnowledgeStore,
  type ReloadReport,
} from '../../src/application/ports/outbound/knowledge-store.ts';
import { byPath, corpusText, type DocumentText } from '../../src/domain/knowledge/corpus-text.ts';
import { DEFAULT_PERSONA } from '../../src/domain/knowledge/default-persona.ts';
import {
  chooseGrounding,
  fitsBudget,
  measurePassage,
} from '../../src/domain/knowledge/grounding.ts';
import {
  type Grounding,
  type Passage,
  type SkippedFile,
} from '../../src/domain/knowledge/passage.ts';
import { type TermOrigin } from '../../src/domain/knowledge/query.ts';
import { type SearchResult } from '../../src/domain/knowledge/search-result.ts';
import { splitDocument } from '../../src/domain/knowledge/splitting.ts';
import { queryWords, termsOf } from '../../src/domain/knowledge/terms.ts';

const asIs = (word: string): string => word;

function termsIn({ title, section, text }: Passage): readonly string[] {
  return termsOf(`${title}\n${section}\n${text}`, asIs);
}

/** Serves texts that a test puts in; a change is served from the next reload on. Ranks by shared words. */
export class InMemoryKnowledgeStore implements KnowledgeStore {
  /** How each reload was asked for. */
  readonly reloads: ('changed' | 'all')[] = [];
  private readonly files = new Map<string, string>();
  private persona: string = DEFAULT_PERSONA;
  private skipped: readonly SkippedFile[] = [];
  /** Whether it says that only exact words are looked for. */
  exactWordsOnly = false;
  private failure: string | undefined;
  private snapshot = this.snapshotOf([], '');
  private passages: readonly Passage[] = [];

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

  reload(how: 'changed' | 'all'): Promise<ReloadReport> {
    this.reloads.push(how);
    const before = this.snapshot.version;
    if (this.failure !== undefined) {
      return Promise.resolve({ snapshot: this.snapshot, changed: false, failure: this.failure });
    }
    const documents = [...this.files].map(([path, text]) => ({ path, text })).sort(byPath);
    this.passages = documents.flatMap(({ path, text }) => [...splitDocument(path, text)]);
    this.snapshot = this.snapshotOf(documents, this.versionOf(documents));
    const { snapshot } = this;
    return Promise.resolve({ snapshot, changed: snapshot.version !== before });
  }

  find(query: string): Promise<Grounding> {
    const { passages } = this;
    const corpus = {
      passages: new Map(passages.map((passage) => [passage.id, measurePassage(passage)])),
      version: this.snapshot.version,
      fits: fitsBudget(passages, this.contextTokens),
      scores: this.scoresFor(query),
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
    const passages = [...this.scoresFor(query)].slice(0, limit).flatMap(([id, score]) => {
      const passage = byId.get(id);
      return passage === undefined ? [] : [{ ...passage, score }];
    });
    const whole = fitsBudget(this.passages, this.contextTokens);
    return Promise.resolve({ passages, words, whole, version: this.snapshot.version });
  }

  private scoresFor(query: string): ReadonlyMap<string, number> {
    const wanted = new Set(queryWords(query, asIs).map(({ term }) => term));
    const scored = this.passages.map((passage): [string, number] => {
      const terms = new Set(termsIn(passage));
      return [passage.id, [...wanted].filter((term) => terms.has(term)).length];
    });
    return new Map(scored.filter(([, score]) => score > 0).sort((a, b) => b[1] - a[1]));
  }

  private snapshotOf(documents: readonly DocumentText[], version: string): KnowledgeSnapshot {
    const passages = documents.flatMap(({ path, text }) => [...splitDocument(path, text)]).length;
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
