import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { plainMarkdown } from '../../../../src/domain/knowledge/markdown.ts';

describe('plainMarkdown', () => {
  it.each([
    ['YAML', '---\ntitle: Cursos\ntags:\n  - a\n- b\n# nota\n\n---\n# Excel\nDo zero.'],
    ['TOML', '\n+++\ntitle = "Cursos"\n+++\n# Excel\nDo zero.'],
  ])('leaves out %s front matter', (_, text) => {
    expect(plainMarkdown(text)).toBe('# Excel\nDo zero.');
  });

  it.each([
    ['a text between two rules', '---\nAbrimos às 9h.\n---\nFechamos às 18h.'],
    ['front matter that does not end', '---\ntitle: Cursos\n# Excel'],
    ['a rule below', 'Abrimos às 9h.\n\n---\ntitle: Cursos\n---'],
    ['a rule below a paragraph', 'Abrimos às 9h.\nFechamos às 18h.\n---\n'],
    ['a rule below a list', '- um\n---\n'],
    ['marks, links and lists', '**Preço:** [R$ 10](https://loja.example)\n- um\n1. dois'],
    ['a comment that does not end', 'a <!-- b'],
  ])('leaves %s as it is', (_, text) => {
    expect(plainMarkdown(text)).toBe(text);
  });

  it('leaves out comments, which nobody is meant to read', () => {
    expect(plainMarkdown('a <!-- custo:\nR$ 300 -->b<!---->c')).toBe('a bc');
  });

  it('marks underlined headings as the splitter knows them', () => {
    expect(plainMarkdown('Cursos\n======\n\nExcel\n---\nDo zero.')).toBe(
      '# Cursos\n\n## Excel\nDo zero.',
    );
  });

  it.each([
    '| Curso | Preço |\n| --- | ---: |\n| Excel \\| avançado | R$ 497 |\n| Pintura | R$ 97 |',
    'Curso | Preço\n---|---\nExcel \\| avançado | R$ 497\nPintura | R$ 97',
  ])('tells each row of a table with its headings: %#', (table) => {
    expect(plainMarkdown(`Cursos:\n\n${table}\n\nAté maio.`)).toBe(
      'Cursos:\n\nCurso: Excel | avançado; Preço: R$ 497\nCurso: Pintura; Preço: R$ 97\n\nAté maio.',
    );
  });

  it('loses no word of a text without front matter and comments', () => {
    const word = fc.constantFrom(
      'a',
      ' b',
      '|',
      '---',
      '\n',
      '\n\n',
      '# ',
      '===',
      '| -',
      '\\',
      '<!--',
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const text = words.join('');
        const letters = (of: string): string => of.replace(/[^ab]/gu, '');
        expect(letters(plainMarkdown(`x\n${text}`))).toBe(letters(text));
      }),
    );
  });

  it.each(['|', ' ', '-', '| ', '<!--', '-->', '---\n', '\n', 'a\n---\n', 'a|b\n-|-\n'])(
    'takes no long time over a strange text: %j',
    (piece) => {
      const text = piece.repeat(200_000);

      expect(plainMarkdown(text).length).toBeLessThan(4 * text.length);
    },
  );
});
