import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type Passage } from '../../../../src/domain/knowledge/passage.ts';
import { splitDocument, titleOfPath } from '../../../../src/domain/knowledge/splitting.ts';

type Row = readonly [title: string, section: string, text: string];

function rows(path: string, text: string): readonly Row[] {
  return Array.from(splitDocument(path, text), ({ title, section, text }) => [
    title,
    section,
    text,
  ]);
}

const STRUCTURES: readonly (readonly [string, string, readonly Row[]])[] = [
  ['a text without structure', 'Abrimos às 9h.', [['loja centro', '', 'Abrimos às 9h.']]],
  [
    '`#` headings',
    '# Curso de Excel\nDo zero.\n\n## Preço\nR$ 297,00\n\n### Pix\nR$ 282,15\n## Datas\n06/04/2027',
    [
      ['Curso de Excel', '', 'Do zero.'],
      ['Curso de Excel', 'Preço', 'R$ 297,00'],
      ['Curso de Excel', 'Preço > Pix', 'R$ 282,15'],
      ['Curso de Excel', 'Datas', '06/04/2027'],
    ],
  ],
  [
    'equal `#` headings, none of which is the title',
    '# Pix\nNa hora.\n# Boleto\n3 dias.',
    [
      ['loja centro', 'Pix', 'Na hora.'],
      ['loja centro', 'Boleto', '3 dias.'],
    ],
  ],
  [
    'headings in capitals',
    'CURSO DE FOTOGRAFIA\n\nCom o celular.\n\nINSCRIÇÕES:\nPelo site.\nTURMA 2\nEm maio.',
    [
      ['CURSO DE FOTOGRAFIA', '', 'Com o celular.'],
      ['CURSO DE FOTOGRAFIA', 'INSCRIÇÕES', 'Pelo site.\nTURMA 2\nEm maio.'],
    ],
  ],
  [
    'headings in capitals with colons only, none of which is the title',
    'PIX:\nNa hora.\n\nBOLETO:\n3 dias.',
    [
      ['loja centro', 'PIX', 'Na hora.'],
      ['loja centro', 'BOLETO', '3 dias.'],
    ],
  ],
  [
    'facts in capitals, which are text',
    'PREÇO: R$ 497,00\nCNPJ 12.345.678/0001-90\nPIX',
    [['loja centro', '', 'PREÇO: R$ 497,00\nCNPJ 12.345.678/0001-90\nPIX']],
  ],
  [
    'a text written all in capitals',
    'ABRIMOS TODO DIA\nATÉ AS DEZ DA NOITE\nVENHA NOS VISITAR',
    [['loja centro', '', 'ABRIMOS TODO DIA\nATÉ AS DEZ DA NOITE\nVENHA NOS VISITAR']],
  ],
  [
    'several documents in one file',
    'Aviso geral.\n=== produtos/caneca.txt ===\nPreço: R$ 30,00\n=== Camiseta ===\n# Tamanhos\nP e M',
    [
      ['loja centro', '', 'Aviso geral.'],
      ['produtos/caneca.txt', '', 'Preço: R$ 30,00'],
      ['Camiseta', 'Tamanhos', 'P e M'],
    ],
  ],
  [
    'questions with their answers',
    'P: Abre sábado?\nR: Sim.\n\nDas 9h às 13h.\nPergunta: Tem estacionamento?\n\nResposta: Não.',
    [
      ['loja centro', '', 'P: Abre sábado?\nR: Sim.\n\nDas 9h às 13h.'],
      ['loja centro', '', 'Pergunta: Tem estacionamento?\n\nResposta: Não.'],
    ],
  ],
  [
    'a list with its lead line',
    'Formas de pagamento:\n\n- Pix\n- Boleto',
    [['loja centro', '', 'Formas de pagamento:\n\n- Pix\n- Boleto']],
  ],
  [
    'headings with nothing under them',
    'CURSOS 2027\n\n# Excel\n# Marketing\n## Preço',
    [
      ['CURSOS 2027', 'Excel', 'Excel'],
      ['CURSOS 2027', 'Marketing > Preço', 'Preço'],
    ],
  ],
  ['a lone heading', '# Fechado em janeiro', [['Fechado em janeiro', '', 'Fechado em janeiro']]],
  ['a lone mark', '=== Fechado ===', [['Fechado', '', 'Fechado']]],
  ['nothing but white space', ' \n\t\n', []],
];

describe('splitDocument', () => {
  it.each(STRUCTURES)('follows %s', (_what, text, expected) => {
    expect(rows('cursos/loja_centro.txt', text)).toEqual(expected);
  });

  it('names each passage by its document and place', () => {
    const passages = [...splitDocument('a/b.txt', 'PIX:\nNa hora.\n\nBOLETO:\n3 dias.')];

    expect(passages.map(({ id, document }) => [id, document])).toEqual([
      ['a/b.txt#1', 'a/b.txt'],
      ['a/b.txt#2', 'a/b.txt'],
    ]);
  });

  it('makes passages of at most 1,000 characters', () => {
    const text = 'Aula de uma hora. '.repeat(500);

    const lengths = Array.from(splitDocument('a.txt', text), (passage) => passage.text.length);

    expect(Math.max(...lengths)).toBeLessThanOrEqual(1000);
    expect(Math.min(...lengths.slice(0, -1))).toBeGreaterThanOrEqual(600);
  });

  it('takes a line of a megabyte of marks without delay', () => {
    const passages = [...splitDocument('a.txt', '='.repeat(1_000_000))];

    expect(passages).toHaveLength(1000);
  });

  it('keeps every word, in order, whatever the structure', () => {
    fc.assert(
      fc.property(fc.array(aLine(), { maxLength: 60 }), (templates) => {
        const numbered = templates.map((template, index) => template.replaceAll('@', `${index}`));
        const source = numbered.join('\n');

        const passages = [...splitDocument('arquivo.txt', source)];

        expect(wordsInOrder(passages)).toEqual(source.match(WORDS) ?? []);
      }),
      { numRuns: 500 },
    );
  });

  it('loses no letter of any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (source) => {
        const passages = [...splitDocument('a.txt', source)];

        const kept = passages.map((one) => `${one.title} ${one.section} ${one.text}`).join(' ');
        const lost = (source.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !kept.includes(word));
        expect(lost).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('titleOfPath', () => {
  it.each([
    ['cursos/marketing_digital.txt', 'marketing digital'],
    ['Preços-2027.TXT', 'Preços 2027'],
    ['sem', 'sem'],
  ])('reads %s as words', (path, title) => {
    expect(titleOfPath(path)).toBe(title);
  });
});

// Each word of a generated document is there once, so its place can be told: W3x0 is in line 3.
const WORDS = /W\d+X\d+/gu;

function aLine(): fc.Arbitrary<string> {
  const long = Array.from(
    { length: 150 },
    (_, index) => `W@X${index}${index % 9 === 0 ? '.' : ''}`,
  );
  return fc.constantFrom(
    '',
    '   ',
    'W@X0 texto W@X1.',
    '=== W@X0 ===',
    '# W@X0',
    '## W@X0 W@X1',
    '###### W@X0',
    'TÍTULO W@X0',
    'TÍTULO W@X0:',
    'P: W@X0?',
    'R: W@X0',
    'Pergunta: W@X0',
    '- W@X0',
    'Lista W@X0:',
    long.join(' '),
  );
}

function wordsInOrder(passages: readonly Passage[]): readonly string[] {
  const all = passages
    .map(({ title, section, text }) => `${title}\n${section}\n${text}`)
    .join('\n');
  return [...new Set(all.match(WORDS) ?? [])];
}
