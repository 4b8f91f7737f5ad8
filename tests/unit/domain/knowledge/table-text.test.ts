import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { splitDocument } from '../../../../src/domain/knowledge/splitting.ts';
import { tableDocument, tableText } from '../../../../src/domain/knowledge/table-text.ts';

const COURSES = [
  ['Curso', 'Preço', 'Vagas'],
  ['Excel', 'R$ 1.997,00', '15'],
  ['Fotografia', 'R$ 497,00', ''],
];

describe('tableText', () => {
  it('tells each row with its headings', () => {
    expect(tableText(COURSES)).toBe(
      'Curso: Excel; Preço: R$ 1.997,00; Vagas: 15\nCurso: Fotografia; Preço: R$ 497,00',
    );
  });

  it.each([
    ['a price', [['Corte feminino', 'R$ 80,00']]],
    ['a number', [['Caderno', '12,90']]],
    ['a date', [['Inscrições', '24/10/2027']]],
    ['an address', [['Atendimento', 'oi@loja.example']]],
  ])('takes a first row with %s for data, not for headings', (_, first) => {
    const rows = [...first, ['Corte masculino', 'R$ 50,00']];

    expect(tableText(rows)).toBe(rows.map((row) => row.join('; ')).join('\n'));
  });

  it('keeps what stands above the headings out of them', () => {
    const rows = [['Tabela de preços', '', ''], ['', '', ''], ...COURSES.slice(0, 2)];

    expect(tableText(rows)).toBe('Tabela de preços\nCurso: Excel; Preço: R$ 1.997,00; Vagas: 15');
  });

  it('tells a cell with line feeds in one line, and one beyond the headings by itself', () => {
    const rows = [
      ['Curso', 'Preço:'],
      ['Excel\n do  zero', 'R$ 10', 'só em maio'],
    ];

    expect(tableText(rows)).toBe('Curso: Excel do zero; Preço: R$ 10; só em maio');
  });

  it('says again what a row is about where it takes several lines', () => {
    const rows = [
      ['Curso', 'Programa', 'Preço'],
      ['Excel', 'x'.repeat(890), 'R$ 497,00'],
    ];

    expect(
      tableText(rows)
        .split('\n')
        .map((line) => line.slice(0, 30)),
    ).toEqual([
      'Curso: Excel',
      `Curso: Excel; Programa: ${'x'.repeat(6)}`,
      'Curso: Excel; Preço: R$ 497,00',
    ]);
  });

  it('loses no cell', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ maxLength: 2000 }))), (rows) => {
        const text = tableText([['Curso', 'Preço'], ...rows]).replace(/\s/gu, '');
        for (const cell of rows.flat()) {
          expect(text).toContain(cell.replace(/\s/gu, ''));
        }
      }),
    );
  });

  it('takes no time over a long cell', () => {
    const cell = `${'1'.repeat(1_000_000)}x`;

    expect(tableText([['Curso'], [cell]])).toBe(`Curso: ${cell}`);
  });
});

describe('tableDocument', () => {
  function passages(rows: readonly (readonly string[])[]): readonly string[][] {
    return Array.from(splitDocument('precos.csv', tableDocument(rows)), (passage) => [
      passage.title,
      passage.section,
      passage.text,
    ]);
  }

  it('makes each row a passage under what it is about', () => {
    expect(passages(COURSES)).toEqual([
      ['precos', 'Excel', 'Curso: Excel; Preço: R$ 1.997,00; Vagas: 15'],
      ['precos', 'Fotografia', 'Curso: Fotografia; Preço: R$ 497,00'],
    ]);
  });

  it('finds the column that names the rows', () => {
    const rows = [
      ['Código', 'Tipo', 'Produto', 'Preço'],
      ['001', 'Papel', 'Caderno', 'R$ 12,90'],
      ['002', 'Papel', 'Agenda', 'R$ 32,90'],
    ];

    expect(passages(rows).map(([, section]) => section)).toEqual(['Caderno', 'Agenda']);
  });

  it('puts no row under the heading of another', () => {
    const rows = [
      ['Curso', 'Turno', 'Preço'],
      ['Excel', 'manhã', 'R$ 497,00'],
      ['', 'noite', 'R$ 397,00'],
    ];

    expect(passages(rows)).toEqual([
      [
        'precos',
        '',
        'Curso: Excel; Turno: manhã; Preço: R$ 497,00\n\nTurno: noite; Preço: R$ 397,00',
      ],
    ]);
  });

  it('takes the line above the headings for the title', () => {
    expect(passages([['Cursos de maio', '', ''], ...COURSES]).map(([title]) => title)).toEqual([
      'Cursos de maio',
      'Cursos de maio',
    ]);
  });
});
