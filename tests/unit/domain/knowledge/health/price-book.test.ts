import { describe, expect, it } from '@jest/globals';

import { PriceBook } from '../../../../../src/domain/knowledge/health/price-book.ts';
import { noticeLine } from '../../../../../src/domain/knowledge/owner-notice.ts';
import { splitDocument } from '../../../../../src/domain/knowledge/splitting.ts';

const EXCEL = `# Curso de Excel: do básico ao avançado

## Preço (quanto custa)
Preço: R$ 297,00
No cartão: até 3x de R$ 99,00, sem juros.
Valor no Pix: R$ 282,15.
`;

function conflicts(files: Readonly<Record<string, string>>): readonly string[] {
  const book = new PriceBook({ year: 2026, month: 11, day: 25 });
  for (const [path, text] of Object.entries(files)) {
    for (const passage of splitDocument(path, text)) book.take(passage, text);
  }
  return book.conflicts().map(noticeLine);
}

describe('PriceBook', () => {
  it('finds two prices of one thing, with both places', () => {
    const files = { 'excel.txt': EXCEL, 'antigo.txt': EXCEL.replace('R$ 297,00', 'R$ 250,00') };

    expect(conflicts(files)).toEqual([
      'antigo.txt, linha 4: preços diferentes para "Curso de Excel: do básico ao avançado": R$ 297,00 (excel.txt, linha 4) e R$ 250,00 (antigo.txt, linha 4); deixe só o que vale, ou diga na mesma linha quando vale cada um',
    ]);
  });

  it.each([
    'O curso de Excel custa R$ 250,00.',
    'Excel: 250 reais',
    'P: Quanto custa o curso de Excel?\nR: O Excel sai por apenas R$ 250,00!',
    'Curso de Excel no Pix: R$ 250,00',
    'Curso de Excel: R$ 250,00 no Pix',
  ])('finds another price in "%s"', (text) => {
    expect(conflicts({ 'excel.txt': EXCEL, 'faq.txt': `# Perguntas\n\n${text}` })).toHaveLength(1);
  });

  it.each([
    'O curso de Excel custa R$ 297,00.',
    'O curso de Excel custa 297 reais, ou R$ 282,15 no Pix.',
    'Curso de Excel em promoção: R$ 250,00.',
    'Material do curso de Excel: R$ 50,00.',
    'Curso de Excel: 6x de R$ 49,50.',
    'Quem fez o curso de Excel tem desconto de R$ 50,00.',
    'Curso de Excel: de R$ 400,00 por R$ 297,00.',
    'Curso de Word: R$ 100,00.',
    'Matrícula: R$ 20,00.',
  ])('has nothing to say of "%s"', (text) => {
    expect(conflicts({ 'excel.txt': EXCEL, 'faq.txt': `# Perguntas\n\n${text}` })).toEqual([]);
  });

  it('takes the heading above a price for a condition of it', () => {
    const faq = '# Perguntas\n\n## No Pix\nO curso de Excel custa R$ 280,00.\n';

    expect(conflicts({ 'excel.txt': EXCEL.split('No cartão')[0] ?? '', 'faq.txt': faq })).toEqual(
      [],
    );
  });

  it('takes the sections of a price list for things of their own', () => {
    const list = `# Preços\n\n## Banho\nR$ 50\n\n## Tosa\nR$ 70\n`;

    expect(conflicts({ 'a.txt': list })).toEqual([]);
    expect(conflicts({ 'a.txt': list, 'b.txt': 'O banho custa R$ 60' })).toHaveLength(1);
    expect(conflicts({ 'a.txt': list, 'b.txt': 'Banho e tosa: R$ 110' })).toEqual([]);
  });

  it('takes the row of a table for the document of that name', () => {
    const table =
      '## Excel\nCurso: Excel; Preço: R$ 299,00\n\n## Word\nCurso: Word; Preço: R$ 50\n';

    expect(conflicts({ 'excel.txt': EXCEL, 'tabela.csv': table })).toEqual([
      'tabela.csv: preços diferentes para "Curso de Excel: do básico ao avançado": R$ 297,00 (excel.txt, linha 4) e R$ 299,00 (tabela.csv); deixe só o que vale, ou diga na mesma linha quando vale cada um',
    ]);
  });

  it('tells things apart that differ in a number only', () => {
    const files = {
      'a.txt': '# Ração Forteza RC-492\n\nPreço: R$ 311,90\n',
      'b.txt': '# Ração Forteza RC-415\n\nPreço: R$ 303,90\n',
    };

    expect(conflicts(files)).toEqual([]);
    expect(conflicts({ ...files, 'c.txt': 'A Ração Forteza RC-415 custa R$ 299,90' })).toHaveLength(
      1,
    );
  });

  it('does not take the sections of two courses, or the rows of a list, for one thing', () => {
    const files = {
      'excel.txt': '# Excel\n\n## Preço\nR$ 10\n\n## Material\nR$ 5\n',
      'word.txt': '# Word\n\n## Preço\nR$ 20\n\n## Material\nR$ 7\n',
      'lista.txt': `# Tabela\n\n${'Preço: R$ 10\n\n'.repeat(70)}Preço: R$ 20\n`,
    };

    expect(conflicts(files)).toEqual([]);
  });

  it('stays quick over ten thousand priced things', () => {
    const book = new PriceBook({ year: 2026, month: 11, day: 25 });
    for (let index = 0; index < 10_000; index += 1) {
      const text = `# Peça azul K${index}\n\nPreço: R$ ${index},00`;
      for (const passage of splitDocument(`${index}.txt`, text)) book.take(passage, text);
    }
    const before = process.cpuUsage().user;

    expect(book.conflicts()).toEqual([]);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(4_000);
  });
});
