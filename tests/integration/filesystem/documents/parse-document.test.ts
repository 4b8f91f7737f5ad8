import { describe, expect, it } from '@jest/globals';

import { parseDocument } from '../../../../src/adapters/outbound/filesystem/documents/parse-document.ts';
import { madeDocx, madePdf, paragraph, table, zipped } from '../../../support/made-documents.ts';

/** Empty owner and reader passwords open no document that was locked with others. */
const LOCK = `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> /P -4 >> /ID [<${'01'.repeat(16)}> <${'01'.repeat(16)}>]`;

function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

describe('parseDocument of a table', () => {
  it.each([
    [
      'semicolons, as Excel writes them in Brazil',
      'Curso;Preço\r\n"Excel; básico";R$ 1.997,00\r\n',
    ],
    ['commas', 'Curso,Preço\n"Excel; básico","R$ 1.997,00"\n'],
    ['tabs', 'Curso\tPreço\n"Excel; básico"\tR$ 1.997,00'],
    ['a separator that it names itself', 'sep=|\r\nCurso|Preço\r\nExcel; básico|R$ 1.997,00\r\n'],
  ])('reads %s', async (_, text) => {
    const line = '## Excel; básico\nCurso: Excel; básico; Preço: R$ 1.997,00';

    expect(await parseDocument('csv', latin1(text))).toEqual({ text: line });
    expect(await parseDocument('csv', Buffer.from(`\ufeff${text}`))).toEqual({ text: line });
  });

  it('reads cells with quotes and line feeds, and rows of any length', async () => {
    const text = 'Produto;Medida\n"Caixa ""A""";"10\ncm"\nTV;15" ou 32"\nCabo;1 m;azul\nTinta\n';

    expect(await parseDocument('csv', Buffer.from(text))).toEqual({
      text: [
        '## Caixa "A"\nProduto: Caixa "A"; Medida: 10 cm',
        '## TV\nProduto: TV; Medida: 15" ou 32"',
        '## Cabo\nProduto: Cabo; Medida: 1 m; azul',
        '## Tinta\nProduto: Tinta',
      ].join('\n\n'),
    });
  });

  it('tells of a quote that is never closed', async () => {
    const text = 'Curso;Preço\n"Excel;R$ 10\nPintura;R$ 20\n';

    expect(await parseDocument('csv', Buffer.from(text))).toEqual({
      reason: 'uma aspa foi aberta e não fechada (até a linha 3); corrija o arquivo',
    });
  });

  it('refuses a spreadsheet under another name', async () => {
    expect(await parseDocument('csv', zipped({ 'xl/workbook.xml': '<x/>' }))).toEqual({
      reason:
        'é um arquivo do Word, do Excel ou compactado com outro nome; salve o documento como .docx ou a planilha como .csv',
    });
  });
});

describe('parseDocument of a PDF', () => {
  it('puts lines, paragraphs and headings together again', async () => {
    const pdf = madePdf([
      [
        { text: 'Cursos da escola', y: 780, size: 20 },
        { text: 'Curso de Excel', y: 740, size: 16 },
        {
          text: 'O curso de Excel come\u00e7a do zero e vai at\u00e9 as tabelas din\u00e2micas; as aulas',
          y: 715,
        },
        { text: 's\u00e3o \u00e0s segundas, e o pre\u00e7o \u00e9', y: 700 },
        { text: '- 12 vagas', y: 685 },
        { text: '- certificado', y: 670 },
        { text: 'Pre\u00e7o', y: 630 },
        { text: 'R$ 1.997,00', x: 300, y: 630 },
      ],
      [{ text: 'Endere\u00e7o: Rua (nova) 10', y: 780 }],
    ]);

    expect(await parseDocument('pdf', pdf)).toEqual({
      text: [
        '# Cursos da escola',
        '## Curso de Excel',
        'O curso de Excel começa do zero e vai até as tabelas dinâmicas; as aulas são às segundas, e o preço é\n- 12 vagas\n- certificado',
        'Preço R$ 1.997,00',
        'Endereço: Rua (nova) 10',
      ].join('\n\n'),
    });
  });

  it('serves the pages with text of a PDF that is partly scanned, and says so', async () => {
    const pdf = madePdf([[{ text: 'Curso de Excel', y: 700 }], [], []]);

    expect(await parseDocument('pdf', pdf)).toEqual({
      text: 'Curso de Excel',
      notice:
        '2 de 3 páginas são só imagem, sem texto que se possa ler, e ficaram de fora; passe o PDF por OCR se elas importam',
    });
  });

  it('says nothing of one page without text: a cover', async () => {
    const pdf = madePdf([[], [{ text: 'Curso de Excel', y: 700 }]]);

    expect(await parseDocument('pdf', pdf)).toEqual({ text: 'Curso de Excel' });
  });

  it.each([
    [
      'a scanned PDF',
      madePdf([[]]),
      'o PDF é só imagem (digitalizado), sem texto que se possa ler; exporte do programa de origem ou passe por OCR',
    ],
    [
      'a locked PDF',
      madePdf([[{ text: 'Curso', y: 700 }]], LOCK),
      'o PDF está protegido por senha; salve uma cópia sem senha',
    ],
    [
      'a broken PDF',
      latin1('%PDF-1.4\nnada'),
      'o PDF está danificado; exporte o documento de novo como PDF',
    ],
    [
      'an empty file',
      new Uint8Array(),
      'o PDF está danificado; exporte o documento de novo como PDF',
    ],
  ])('refuses %s and says what to do', async (_, bytes, reason) => {
    expect(await parseDocument('pdf', bytes)).toEqual({ reason });
  });
});

describe('parseDocument of a Word document', () => {
  it('keeps headings, lists, tables and the addresses of links', async () => {
    const docx = madeDocx(
      paragraph('Escola', 'Ttulo') +
        paragraph('Curso de Excel', 'Ttulo1') +
        paragraph('Do zero &amp; além: 1 &lt; 2.') +
        paragraph('planilhas', '', 1) +
        paragraph('gráficos', '', 1) +
        paragraph('inscreva-se', '', 2) +
        paragraph('pague', '', 2) +
        paragraph('Turmas', 'Ttulo2') +
        table([
          ['Turma', 'Preço'],
          ['Manhã', 'R$ 1.997,00'],
          ['Noite', 'R$ 1.497,00'],
        ]) +
        '<w:p><w:hyperlink r:id="link"><w:r><w:t>Página</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>',
    );

    expect(await parseDocument('docx', docx)).toEqual({
      text: [
        '# Escola',
        '## Curso de Excel',
        'Do zero & além: 1 < 2.',
        '- planilhas\n- gráficos',
        '1. inscreva-se\n2. pague',
        '### Turmas',
        'Turma: Manhã; Preço: R$ 1.997,00\nTurma: Noite; Preço: R$ 1.497,00',
        'Página (https://loja.example/a?b=1&c=2).',
      ].join('\n\n'),
    });
  });

  const noWord = 'não é um documento do Word; salve como .docx de novo';
  const broken = 'o documento está danificado; abra no Word e salve de novo como .docx';

  it.each([
    [
      'one without text',
      madeDocx(paragraph('')),
      'o documento não tem texto, só imagens ou caixas vazias; escreva o conteúdo como texto',
    ],
    ['another archive', zipped({ 'xl/workbook.xml': '<x/>' }), noWord],
    ['what is no archive', latin1('Curso de Excel'), noWord],
    ['an empty file', new Uint8Array(), noWord],
    ['an archive that was cut off', madeDocx(paragraph('Curso')).subarray(0, 700), noWord],
    ['broken XML', zipped({ 'word/document.xml': '<w:document' }), broken],
    [
      'an old or locked one',
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      'está protegido por senha ou é do Word antigo (.doc); salve uma cópia sem senha como .docx',
    ],
  ])('refuses %s and says what to do', async (_, bytes, reason) => {
    expect(await parseDocument('docx', bytes)).toEqual({ reason });
  });

  const bomb = zipped({ 'word/document.xml': new Uint8Array(40_000_000) });

  it('unpacks no archive to more than its text may be', async () => {
    expect(await parseDocument('docx', bomb)).toEqual({
      reason: 'o documento é grande demais por dentro; divida o conteúdo em arquivos menores',
    });
  });

  it('unpacks no more than an archive says that there is', async () => {
    expect(await parseDocument('docx', sayingLess(bomb))).toEqual({ reason: broken });
  });
});

/** The archive, telling of each file that it has 1,000 bytes. */
function sayingLess(archive: Uint8Array): Uint8Array {
  const bytes = Buffer.from(archive);
  for (let at = 0; at + 30 < bytes.length; at += 1) {
    const mark = bytes.readUInt32LE(at);
    if (mark === 0x04034b50) bytes.writeUInt32LE(1000, at + 22);
    if (mark === 0x02014b50) bytes.writeUInt32LE(1000, at + 24);
  }
  return bytes;
}
