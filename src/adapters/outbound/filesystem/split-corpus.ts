import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

import { type DocumentText } from '../../../domain/knowledge/corpus-text.ts';
import { type MeasuredPassage, measurePassage } from '../../../domain/knowledge/grounding.ts';
import { type Passage, type SkippedFile } from '../../../domain/knowledge/passage.ts';
import { splitDocument } from '../../../domain/knowledge/splitting.ts';
import { type RankedView, type StagedPassage } from './fts-ranking.ts';
import { type PassageRanking } from './passage-ranking.ts';

/** How many passages are served, of one file and of all. */
export interface CorpusLimits {
  readonly passagesPerFile: number;
  readonly passages: number;
}

/** A document that is served, with a hash of its text. */
export interface ServedDocument extends DocumentText {
  readonly digest: string;
}

/** One state of the corpus, not served yet. */
export interface CorpusSplit {
  /** Whether anything is different from what is served. */
  readonly changed: boolean;
  /** In path order. */
  readonly documents: readonly ServedDocument[];
  /** By passage id, in the order of the documents. */
  readonly passages: ReadonlyMap<string, MeasuredPassage>;
  readonly skipped: readonly SkippedFile[];
  /** How queries find it before it is shown. */
  readonly view: () => RankedView;
  /** Lets queries find it; short, and without a pause. */
  readonly show: () => void;
  /** Gives it up: what is served stays. */
  readonly discard: () => void;
}

interface SplitDocument extends ServedDocument {
  readonly reason?: string;
  /** None where there is a reason not to serve it. */
  readonly measured: readonly MeasuredPassage[];
  /** How many there are, served or not; no further counted than the limit of a file. */
  readonly count: number;
}

/** So many passages are prepared before the event loop gets its turn: 5 ms of work, 25 where FTS5 merges. */
const SLICE = 50;

const CORPUS_FULL =
  'a pasta tem mais trechos do que cabe na memória; este arquivo ficou de fora, tire o que não é usado';

/** Keeps the documents of a folder as passages, and splits again only those whose text is another. */
export class SplitCorpus {
  private kept: ReadonlyMap<string, SplitDocument> = new Map();
  private outdated: readonly Passage[] = [];

  constructor(
    private readonly ranking: PassageRanking,
    private readonly limits: CorpusLimits,
  ) {}

  /** Splits and ranks what is new, with pauses; until it is shown, queries find what they found before. */
  async split(texts: readonly DocumentText[]): Promise<CorpusSplit> {
    const next = new Map<string, SplitDocument>();
    const staged = new Map<string, readonly StagedPassage[]>();
    let room = this.limits.passages;
    for (const text of texts) {
      const former = this.kept.get(text.path);
      const document = await this.documentOf(text, former, room);
      room -= document.measured.length;
      next.set(document.path, document);
      if (document !== former) staged.set(document.path, await this.stage(document.measured));
    }
    for (const path of this.kept.keys()) if (!next.has(path)) staged.set(path, []);
    const show = (): void => {
      this.ranking.show(staged);
      const former = [...staged.keys()].flatMap((path) => this.kept.get(path)?.measured ?? []);
      this.outdated = this.outdated.concat(former.map(({ passage }) => passage));
      this.kept = next;
    };
    let view: RankedView | undefined;
    const viewOnce = (): RankedView => (view ??= this.ranking.viewOf(staged));
    const discard = (): void => {
      this.ranking.discard(staged);
      const unseen = [...staged.keys()].flatMap((path) => next.get(path)?.measured ?? []);
      this.outdated = this.outdated.concat(unseen.map(({ passage }) => passage));
    };
    const content = assemble([...next.values()]);
    return { changed: staged.size > 0, ...content, view: viewOnce, show, discard };
  }

  /** Frees what states of the corpus took that are no longer served. */
  async tidy(): Promise<void> {
    while (this.outdated.length > 0) {
      this.ranking.forget(this.outdated.slice(0, SLICE));
      this.outdated = this.outdated.slice(SLICE);
      await setImmediate();
    }
  }

  private async documentOf(
    { path, text }: DocumentText,
    former: SplitDocument | undefined,
    room: number,
  ): Promise<SplitDocument> {
    const isSame = former?.text === text;
    if (isSame && former.reason === this.refusal(former.count, room)) return former;
    const limit = Math.min(this.limits.passagesPerFile, room);
    const { measured, count } = await this.measuredOf({ path, text }, limit);
    const digest = isSame ? former.digest : createHash('sha256').update(text).digest('base64');
    const reason = this.refusal(count, room);
    const document = { path, text: isSame ? former.text : text, digest, count, measured };
    return reason === undefined ? document : { ...document, reason };
  }

  private refusal(count: number, room: number): string | undefined {
    const { passagesPerFile } = this.limits;
    if (count > passagesPerFile) {
      const most = passagesPerFile.toLocaleString('pt-BR');
      return `o texto se divide em mais de ${most} trechos; não parece texto para pessoas lerem`;
    }
    return count > room ? CORPUS_FULL : undefined;
  }

  // Those beyond the limit are counted and not kept, up to one more than a file may have.
  private async measuredOf(
    { path, text }: DocumentText,
    limit: number,
  ): Promise<{ readonly measured: readonly MeasuredPassage[]; readonly count: number }> {
    const measured: MeasuredPassage[] = [];
    let count = 0;
    for (const passage of splitDocument(path, text)) {
      count += 1;
      if (count <= limit) measured.push(measurePassage(passage));
      if (count > this.limits.passagesPerFile) break;
      if (count % SLICE === 0) await setImmediate();
    }
    return { measured: count > limit ? [] : measured, count };
  }

  private async stage(measured: readonly MeasuredPassage[]): Promise<readonly StagedPassage[]> {
    const staged: StagedPassage[] = [];
    for (let start = 0; start < measured.length; start += SLICE) {
      const slice = measured.slice(start, start + SLICE);
      staged.push(...this.ranking.stage(slice.map(({ passage }) => passage)));
      await setImmediate();
    }
    return staged;
  }
}

function assemble(
  all: readonly SplitDocument[],
): Pick<CorpusSplit, 'documents' | 'passages' | 'skipped'> {
  const documents = all.filter(({ reason }) => reason === undefined);
  const passages = documents.flatMap(({ measured }) => measured);
  const skipped = all.flatMap(({ path, reason }) =>
    reason === undefined ? [] : [{ file: path, reason }],
  );
  return {
    documents,
    passages: new Map(passages.map((measured) => [measured.passage.id, measured])),
    skipped,
  };
}
