import { describe, expect, it } from '@jest/globals';
import { recentHistory, type Author, type HistoryEntry } from '../../../src/domain/conversation.ts';

function said(...lines: [Author, string][]): HistoryEntry[] {
  return lines.map(([author, text], at) => ({ author, kind: 'text', text, at }));
}

describe('recentHistory', () => {
  const entries = said(
    ['customer', 'oi'],
    ['agent', 'olá'],
    ['customer', 'preço?'],
    ['customer', 'do curso'],
    ['agent', 'R$ 497'],
    ['person', 'posso fazer 450'],
    ['customer', 'quero'],
  );

  it('keeps whole exchanges from the end', () => {
    const texts = recentHistory(entries, 1_000, 2).map(({ text }) => text);

    expect(texts).toEqual(['preço?', 'do curso', 'R$ 497', 'posso fazer 450', 'quero']);
  });

  it('drops the oldest entries that do not fit the tokens', () => {
    const texts = recentHistory(entries, 9, 12).map(({ text }) => text);

    expect(texts).toEqual(['R$ 497', 'posso fazer 450', 'quero']);
  });

  it('keeps v2.1’s twelve exchanges where nothing else is said', () => {
    const long = Array.from({ length: 13 }, (_, turn): [Author, string][] => [
      ['customer', `pergunta ${turn + 1}`],
      ['agent', 'sim'],
    ]);

    const texts = recentHistory(said(...long.flat()), 1_000).map(({ text }) => text);

    expect(texts).toHaveLength(24);
    expect(texts[0]).toBe('pergunta 2');
  });

  it('keeps everything that fits', () => {
    expect(recentHistory(entries, 1_000)).toHaveLength(7);
  });
});
