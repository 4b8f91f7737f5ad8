import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** A passage by its id and its terms. */
export interface IndexedPassage {
  readonly id: string;
  readonly terms: readonly string[];
}

/** A passage that was taken in, and its place in the table. */
export interface StagedPassage {
  readonly id: string;
  readonly row: number;
}

/** Which rows of the table a search may find. */
export interface RankedView {
  readonly idOf: (row: number) => string | undefined;
  /** How many of the rows it may not find. */
  readonly hidden: number;
}

/** Passages of documents that are not shown yet, by document; none for one that is gone. */
export type StagedDocuments = ReadonlyMap<string, readonly StagedPassage[]>;

/**
 * Ranks passages by BM25 in an FTS5 table in memory. It is given terms, never raw text: over raw
 * Portuguese FTS5 finds 5 in 100 answers fewer. Passages are taken in little by little, unseen by
 * queries, then shown all at once: writing 10,000 of them at once would hold up everything else.
 */
export class FtsRanking {
  private readonly database = new DatabaseSync(':memory:');
  private readonly insert: StatementSync;
  private readonly remove: StatementSync;
  private readonly search: StatementSync;
  private readonly shown = new Map<string, readonly StagedPassage[]>();
  private readonly idByRow = new Map<number, string>();
  private outdated: readonly StagedPassage[] = [];
  private nextRow = 1;
  /** Rows in the table that are not shown: not yet, or no more. */
  private hidden = 0;

  constructor() {
    // Contentless: the texts are in memory already. The terms are folded words and numbers, so the
    // ascii tokenizer takes each as it is.
    this.database.exec(
      `CREATE VIRTUAL TABLE passage
       USING fts5(terms, content='', contentless_delete=1, tokenize='ascii')`,
    );
    this.insert = this.database.prepare('INSERT INTO passage (rowid, terms) VALUES (?, ?)');
    this.remove = this.database.prepare('DELETE FROM passage WHERE rowid = ?');
    this.search = this.database.prepare(
      `SELECT rowid, bm25(passage) AS score FROM passage
       WHERE passage MATCH ? ORDER BY score, rowid LIMIT ?`,
    );
  }

  /** Takes passages in; no query finds them before they are shown. */
  stage(passages: readonly IndexedPassage[]): readonly StagedPassage[] {
    return this.write(() =>
      passages.map(({ id, terms }) => {
        const row = this.nextRow;
        this.nextRow += 1;
        this.insert.run(row, terms.join(' '));
        this.hidden += 1;
        return { id, row };
      }),
    );
  }

  /** Afterwards queries find exactly these passages of each document named; nothing is written. */
  show(documents: StagedDocuments): void {
    for (const [document, passages] of documents) {
      const former = this.shown.get(document) ?? [];
      for (const { row } of former) this.idByRow.delete(row);
      for (const { row, id } of passages) this.idByRow.set(row, id);
      this.hidden += former.length - passages.length;
      this.outdated = this.outdated.concat(former);
      this.shown.set(document, passages);
      if (passages.length === 0) this.shown.delete(document);
    }
  }

  /** What queries would find if these documents were shown. */
  viewOf(documents: StagedDocuments): RankedView {
    const removed = new Set<number>();
    const added = new Map<number, string>();
    for (const [document, passages] of documents) {
      for (const { row } of this.shown.get(document) ?? []) removed.add(row);
      for (const { row, id } of passages) added.set(row, id);
    }
    const hidden = this.hidden + removed.size - added.size;
    const idOf = (row: number): string | undefined =>
      added.get(row) ?? (removed.has(row) ? undefined : this.idByRow.get(row));
    return { idOf, hidden };
  }

  /** Gives up passages that were taken in and will never be shown. */
  discard(documents: StagedDocuments): void {
    this.outdated = this.outdated.concat([...documents.values()].flat());
  }

  /** Removes passages that are shown no more, at most so many. @returns Whether there are others left. */
  sweep(limit: number): boolean {
    const swept = this.outdated.slice(0, limit);
    this.outdated = this.outdated.slice(limit);
    this.write(() => {
      for (const { row } of swept) this.remove.run(row);
    });
    this.hidden -= swept.length;
    return this.outdated.length > 0;
  }

  /**
   * Scores by passage id of the passages that share a term, best first.
   *
   * @param terms - Anything; each is looked up as a word, whatever it means to FTS5.
   */
  rank(
    terms: readonly string[],
    limit: number,
    view: RankedView = this.shownRows(),
  ): ReadonlyMap<string, number> {
    const phrases = terms.map(quote).filter((phrase) => phrase !== '""');
    const scores = new Map<string, number>();
    if (phrases.length === 0 || limit < 1) return scores;
    for (const { rowid, score } of this.search.iterate(phrases.join(' OR '), limit + view.hidden)) {
      const id = view.idOf(Number(rowid));
      if (id !== undefined) scores.set(id, -Number(score));
      if (scores.size === limit) break;
    }
    return scores;
  }

  private shownRows(): RankedView {
    return { idOf: (row) => this.idByRow.get(row), hidden: this.hidden };
  }

  private write<T>(work: () => T): T {
    this.database.exec('BEGIN');
    const done = work();
    this.database.exec('COMMIT');
    return done;
  }
}

function quote(term: string): string {
  return `"${term.replace(/["\0]/gu, '')}"`;
}
