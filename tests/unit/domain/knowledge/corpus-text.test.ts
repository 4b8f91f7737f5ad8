import { describe, expect, it } from '@jest/globals';

import { byPath, corpusText } from '../../../../src/domain/knowledge/corpus-text.ts';

describe('corpusText', () => {
  it('puts each document under a line with its path', () => {
    const text = corpusText([
      { path: 'a.txt', text: '\nPreço: R$ 10,00\n\n' },
      { path: 'b/c.txt', text: 'Horário: 9h' },
    ]);

    expect(text).toBe('=== a.txt ===\nPreço: R$ 10,00\n\n=== b/c.txt ===\nHorário: 9h\n');
  });

  it('is empty without documents', () => {
    expect(corpusText([])).toBe('');
  });
});

describe('byPath', () => {
  it('orders by code, the same in every locale', () => {
    const paths = ['b.txt', 'ação.txt', 'a/z.txt', 'Z.txt', 'a.txt'];

    const sorted = paths.map((path) => ({ path })).sort(byPath);

    expect(sorted.map(({ path }) => path)).toEqual([
      'Z.txt',
      'a.txt',
      'a/z.txt',
      'ação.txt',
      'b.txt',
    ]);
  });
});
