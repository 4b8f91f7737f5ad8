import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';

import { type Passage } from '../../src/domain/knowledge/passage.ts';
import { type Indexed } from './ranked-corpus.ts';

const SLICE = 50;

/** FTS5 as it comes, over raw text, to compare with. */
export async function indexPlainly(passages: readonly Passage[]): Promise<Indexed> {
  const startedAt = performance.now();
  const database = new DatabaseSync(':memory:');
  database.exec(
    `CREATE VIRTUAL TABLE passage
     USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2')`,
  );
  const insert = database.prepare('INSERT INTO passage (rowid, text) VALUES (?, ?)');
  for (let start = 0; start < passages.length; start += SLICE) {
    database.exec('BEGIN');
    for (const [index, { title, text }] of passages.slice(start, start + SLICE).entries()) {
      insert.run(start + index + 1, `${title}\n${text}`);
    }
    database.exec('COMMIT');
    await setImmediate();
  }
  const indexSeconds = (performance.now() - startedAt) / 1000;
  const search = database.prepare(
    'SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT 10',
  );
  const find = (query: string): readonly string[] => {
    const words = query.match(/[\p{L}\p{N}]+/gu) ?? [];
    if (words.length === 0) return [];
    const rows = search.all(words.map((word) => `"${word}"`).join(' OR '));
    return rows.map(({ rowid }) => passages[Number(rowid) - 1]?.id ?? '');
  };
  return { engine: { find }, indexSeconds, isReduced: false };
}
