import { rename } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { DocumentParser } from '../../../src/adapters/outbound/filesystem/documents/document-parser.ts';
import { FilesystemKnowledgeStore } from '../../../src/adapters/outbound/filesystem/filesystem-knowledge-store.ts';
import { type KnowledgeSnapshot } from '../../../src/application/ports/outbound/knowledge-store.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { type KnowledgeFolder, openKnowledgeFolder } from '../../support/knowledge-folder.ts';
import { madeDocx, madePdf, paragraph } from '../../support/made-documents.ts';

const NOT_YET =
  'ainda não foi lido: os arquivos pesados são lidos aos poucos; será lido na próxima verificação';

describe('FilesystemKnowledgeStore with documents of every format', () => {
  let folder: KnowledgeFolder;
  let clock: ManualClock;
  let store: FilesystemKnowledgeStore;

  beforeEach(async () => {
    folder = await openKnowledgeFolder();
    clock = new ManualClock();
    store = new FilesystemKnowledgeStore({
      folder: folder.path,
      personaFile: join(folder.path, 'persona.md'),
      contextTokens: 8000,
      clock,
      settleMs: 3000,
    });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await folder.close();
  });

  async function load(how: 'changed' | 'all' = 'changed'): Promise<KnowledgeSnapshot> {
    return (await store.reload(how)).snapshot;
  }

  const pdf = (text: string): Uint8Array => madePdf([[{ text, y: 700 }]]);

  it('serves each file as one document', async () => {
    await folder.write('a.txt', 'Abrimos às 9h.');
    await folder.write('b.md', '---\ntags: x\n---\n# Excel\n\n## Preço\n\nR$ 497,00');
    await folder.write(
      'c.csv',
      Buffer.from('Curso;Preço\nPintura;R$ 97,00\nFoto;R$ 87,00', 'latin1'),
    );
    await folder.write('d.docx', madeDocx(paragraph('Música', 'Ttulo') + paragraph('R$ 77,00')));
    await folder.write('e.pdf', pdf('Dança por R$ 67,00'));
    await folder.write('persona.md', 'Você é a Lia.');

    const { text, documents, passages, persona, skipped } = await load();

    expect(text).toBe(
      [
        '=== a.txt ===\nAbrimos às 9h.\n',
        '=== b.md ===\n# Excel\n\n## Preço\n\nR$ 497,00\n',
        '=== c.csv ===\n## Pintura\nCurso: Pintura; Preço: R$ 97,00\n\n## Foto\nCurso: Foto; Preço: R$ 87,00\n',
        '=== d.docx ===\n# Música\n\nR$ 77,00\n',
        '=== e.pdf ===\nDança por R$ 67,00\n',
      ].join('\n'),
    );
    expect([documents, passages, persona]).toEqual([5, 6, 'Você é a Lia.']);
    expect(skipped).toEqual([]);
  });

  it('finds a row of a table under what it is about', async () => {
    await folder.write(
      'precos.csv',
      'Código;Produto;Preço\n01;Caderno;R$ 12,90\n02;Agenda;R$ 32,90\n',
    );
    await load();

    const { passages } = await store.find('quanto custa a agenda?');
    const [best] = passages.toSorted((one, other) => other.score - one.score);

    expect(best).toMatchObject({
      title: 'precos',
      section: 'Agenda',
      text: 'Código: 02; Produto: Agenda; Preço: R$ 32,90',
    });
  });

  it('tells what is wrong with a file, and serves the others', async () => {
    await folder.write('a.txt', 'Abrimos às 9h.');
    await folder.write('b.pdf', 'isto não é um PDF');
    await folder.write('c.xlsx', 'x');
    await folder.write('d.pdf', madePdf([[{ text: 'Excel', y: 700 }], [], []]));

    const { text, skipped } = await load();

    expect(text).toBe('=== a.txt ===\nAbrimos às 9h.\n\n=== d.pdf ===\nExcel\n');
    expect(skipped.map(({ file }) => file)).toEqual(['b.pdf', 'c.xlsx', 'd.pdf']);
    expect(skipped.map(({ reason }) => reason)).toEqual([
      'o PDF está danificado; exporte o documento de novo como PDF',
      'planilhas só são lidas em CSV; salve a planilha como .csv',
      expect.stringMatching(/^2 de 3 páginas são só imagem/u),
    ]);
  });

  it('unpacks no file again whose bytes are the same', async () => {
    const parse = jest.spyOn(DocumentParser.prototype, 'parse');
    await folder.write('a.pdf', madePdf([[{ text: 'Excel', y: 700 }], [], []]));
    const before = await load();
    await folder.write('b.pdf', pdf('Pintura'));

    await load('all');
    await rename(join(folder.path, 'b.pdf'), join(folder.path, 'c.pdf'));
    await folder.write(
      'a.pdf',
      madePdf([[{ text: 'Excel', y: 700 }], [], []]),
      Date.UTC(2021, 0, 1),
    );
    const after = await load('all');

    // a.pdf, b.pdf, and what is called c.pdf now.
    expect(parse).toHaveBeenCalledTimes(3);
    expect(after.text).toBe('=== a.pdf ===\nExcel\n\n=== c.pdf ===\nPintura\n');
    expect(after.skipped).toEqual(before.skipped);
    // Nothing of the reading is left over.
    expect(clock.sleeping).toBe(0);
  });

  it('lets a slow file wait for the next round at start, and gives it more time there', async () => {
    const limits: number[] = [];
    jest.spyOn(DocumentParser.prototype, 'parse').mockImplementation(async (_, limitMs) => {
      limits.push(limitMs);
      await clock.advance(Math.min(limitMs, 6000));
      return limitMs > 6000 ? { text: 'Excel' } : 'late';
    });
    await folder.write('a.pdf', pdf('Excel'));
    await folder.write('b.csv', 'Curso;Preço');
    await folder.write('c.txt', 'Abrimos às 9h.');

    const start = await load();
    const next = await load();

    expect(start).toMatchObject({
      text: '=== c.txt ===\nAbrimos às 9h.\n',
      skipped: [
        { file: 'a.pdf', reason: NOT_YET },
        { file: 'b.csv', reason: NOT_YET },
      ],
    });
    expect(next).toMatchObject({ documents: 3, skipped: [] });
    expect(limits).toEqual([5000, 20_000, 20_000]);
  });

  it('refuses a file that takes too long, until somebody asks again', async () => {
    await folder.write('a.pdf', pdf('Excel'));
    await load();
    const parse = jest.spyOn(DocumentParser.prototype, 'parse').mockResolvedValue('late');
    await folder.write('a.pdf', pdf('Pintura'), Date.UTC(2021, 0, 1));

    const { text, skipped } = await load();
    parse.mockRestore();

    expect([text, (await load()).text]).toEqual(['', '']);
    expect((await load('all')).text).toBe('=== a.pdf ===\nPintura\n');
    expect(skipped).toEqual([
      {
        file: 'a.pdf',
        reason:
          'o arquivo não foi lido em 20 segundos; salve o conteúdo de outra forma ou divida em arquivos menores',
      },
    ]);
  });
});
