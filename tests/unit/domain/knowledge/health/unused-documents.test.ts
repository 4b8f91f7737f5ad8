import { describe, expect, it } from '@jest/globals';

import {
  findUnusedDocuments,
  type FoundPassages,
} from '../../../../../src/domain/knowledge/health/unused-documents.ts';

const DOCUMENTS = ['a.txt', 'b/c#d.txt'].map((path) => ({ path, text: '' }));

function asked(count: number, found: FoundPassages): readonly FoundPassages[] {
  return Array.from({ length: count }, () => found);
}

/** The whole corpus of ten passages, of which these have a score. */
function whole(scores: Readonly<Record<string, number>>): FoundPassages {
  const ids = ['a.txt#1', 'a.txt#2', ...Array.from({ length: 8 }, (_, i) => `b/c#d.txt#${i + 1}`)];
  return ids.map((id) => ({ id, score: scores[id] ?? 0 }));
}

describe('findUnusedDocuments', () => {
  it('names a file that no question came to', () => {
    expect(findUnusedDocuments(DOCUMENTS, asked(100, whole({ 'a.txt#2': 1 })))).toEqual([
      {
        kind: 'unused_file',
        file: 'b/c#d.txt',
        message:
          'nenhuma das últimas 100 perguntas chegou a este arquivo; se ele não é novo, escreva nele as palavras que os clientes usam, ou apague-o',
      },
    ]);
  });

  it('says nothing before enough was asked, or of a file that was not there', () => {
    const shown = whole({ 'a.txt#2': 1 });
    const early = shown.concat(shown).filter(({ id }) => id.startsWith('a.txt'));

    expect(findUnusedDocuments(DOCUMENTS, asked(99, shown))).toEqual([]);
    expect(findUnusedDocuments(DOCUMENTS, asked(100, [...early, ...early, ...early]))).toEqual([]);
  });

  it('counts a file as used that one question came to', () => {
    const questions = [...asked(100, whole({})), whole({ 'a.txt#1': 0.1, 'b/c#d.txt#8': 0.1 })];

    expect(findUnusedDocuments(DOCUMENTS, questions)).toEqual([]);
  });

  it('does not count what was only the ninth best', () => {
    const scores = Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [`b/c#d.txt#${i + 1}`, 2 + i]),
    );

    const notices = findUnusedDocuments(DOCUMENTS, asked(100, whole({ ...scores, 'a.txt#1': 1 })));

    expect(notices.map(({ file }) => file)).toEqual(['a.txt']);
  });

  it('looks at the best passages where not all were shown', () => {
    const notices = findUnusedDocuments(DOCUMENTS, asked(100, [{ id: 'a.txt#1', score: 1 }]));

    expect(notices.map(({ file }) => file)).toEqual(['b/c#d.txt']);
  });
});
