import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { DocumentParser } from '../../../../src/adapters/outbound/filesystem/documents/document-parser.ts';
import { ManualClock } from '../../../doubles/manual-clock.ts';
import { madeDocx, madePdf, madePdfBomb, paragraph } from '../../../support/made-documents.ts';

const TOO_HEAVY =
  'o arquivo é pesado ou estranho demais para ser lido; salve o conteúdo de outra forma ou divida em arquivos menores';

const LIMITS = { heapMb: 160, growthMb: 250 };

describe('DocumentParser', () => {
  let clock: ManualClock;
  let parser: DocumentParser;

  beforeEach(() => {
    clock = new ManualClock();
    parser = new DocumentParser(clock);
  });
  afterEach(() => parser.rest());

  const csv = (): Uint8Array<ArrayBuffer> => new TextEncoder().encode('Curso;Preço\nExcel;R$ 10');
  const READ = { text: '## Excel\nCurso: Excel; Preço: R$ 10' };

  it('reads files one after the other', async () => {
    expect(await parser.parse({ format: 'csv', bytes: csv() }, 1000)).toEqual(READ);
    const pdf = new Uint8Array(madePdf([[{ text: 'Curso de Excel', y: 700 }]]));

    expect(await parser.parse({ format: 'pdf', bytes: pdf }, 1000)).toEqual({
      text: 'Curso de Excel',
    });
  });

  it('reads on after a damaged file whose reader leaves promises behind', async () => {
    const pages = [[{ text: 'Curso de Excel', y: 700 }], [{ text: 'Pintura', y: 700 }]];
    const pdf = Buffer.from(madePdf(pages)).toString('latin1');
    const damaged = pdf.replace('6 0 obj', '\u0089 0 obj').replace('4 0 obj', '4 p obj');

    expect(
      await parser.parse(
        { format: 'pdf', bytes: new Uint8Array(Buffer.from(damaged, 'latin1')) },
        1000,
      ),
    ).toEqual({ reason: expect.stringMatching(/^o PDF/u) });
    expect(await parser.parse({ format: 'csv', bytes: csv() }, 1000)).toEqual(READ);
  });

  it('gives up a file that takes too long, and reads the next', async () => {
    const pdf = new Uint8Array(madePdfBomb(30_000_000));
    const parsing = parser.parse({ format: 'pdf', bytes: pdf }, 20_000);
    await clock.advance(20_000);

    expect(await parsing).toBe('late');
    expect(await parser.parse({ format: 'csv', bytes: csv() }, 1000)).toEqual(READ);
  });

  it('gives up a file that unpacks to more memory than it may take', async () => {
    parser = new DocumentParser(clock, { ...LIMITS, growthMb: 100 });
    const pdf = new Uint8Array(madePdfBomb(150_000_000));

    expect(await parser.parse({ format: 'pdf', bytes: pdf }, 20_000)).toEqual({
      reason: TOO_HEAVY,
    });
  });

  it('survives a file that takes all the memory for objects, and reads the next', async () => {
    parser = new DocumentParser(clock, { ...LIMITS, heapMb: 30 });
    const docx = new Uint8Array(madeDocx(paragraph('Curso de Excel').repeat(30_000)));

    expect(await parser.parse({ format: 'docx', bytes: docx }, 20_000)).toEqual({
      reason: TOO_HEAVY,
    });
    expect(await parser.parse({ format: 'csv', bytes: csv() }, 1000)).toEqual(READ);
  });
});
