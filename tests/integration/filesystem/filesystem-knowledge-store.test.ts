import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { FilesystemKnowledgeStore } from '../../../src/adapters/outbound/filesystem/filesystem-knowledge-store.ts';
import { type CorpusLimits } from '../../../src/adapters/outbound/filesystem/split-corpus.ts';
import {
  type DocumentFile,
  DocumentReader,
} from '../../../src/adapters/outbound/filesystem/documents/document-reader.ts';
import { type FileReading } from '../../../src/adapters/outbound/filesystem/read-file.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { type KnowledgeFolder, openKnowledgeFolder } from '../../support/knowledge-folder.ts';

describe('FilesystemKnowledgeStore', () => {
  let folder: KnowledgeFolder;
  let reads: number;
  let meanwhile: () => Promise<void>;
  let store: FilesystemKnowledgeStore;

  beforeEach(async () => {
    folder = await openKnowledgeFolder();
    reads = 0;
    meanwhile = () => Promise.resolve();
    store = openStore(8000);
  });
  afterEach(() => folder.close());

  function openStore(contextTokens: number, limits?: CorpusLimits): FilesystemKnowledgeStore {
    const documents = new DocumentReader(new ManualClock());
    return new FilesystemKnowledgeStore({
      ...(limits === undefined ? {} : { limits }),
      folder: folder.path,
      personaFile: join(folder.path, 'persona.md'),
      contextTokens,
      clock: new ManualClock(),
      settleMs: 3000,
      read: async (file: DocumentFile): Promise<FileReading> => {
        reads += 1;
        await meanwhile();
        return documents.read(file);
      },
    });
  }

  it('serves another version when only the persona changed, with the texts as they were', async () => {
    await folder.write('a.txt', 'Preço: R$ 10,00');
    const first = await store.reload('changed');

    await folder.write('persona.md', 'Você é a Lia.');
    const second = await store.reload('changed');

    expect(second.changed).toBe(true);
    expect(second.snapshot).toEqual({
      ...first.snapshot,
      persona: 'Você é a Lia.',
      version: second.snapshot.version,
    });
    expect((await store.find('preço')).version).toBe(second.snapshot.version);
  });

  it('comes back to the former version with the former texts', async () => {
    await folder.write('a.txt', 'Preço: R$ 10,00');
    const { snapshot } = await store.reload('changed');
    await folder.write('a.txt', 'Preço: R$ 12,00', Date.UTC(2020, 1, 1));
    await store.reload('changed');

    await folder.write('a.txt', 'Preço: R$ 10,00', Date.UTC(2020, 2, 1));
    const report = await store.reload('changed');

    expect(report.snapshot.version).toBe(snapshot.version);
  });

  it('has the same version whatever encoding and line ends a file was saved with', async () => {
    await folder.write('a.txt', 'Preço:\nR$ 10,00\n');
    const { snapshot } = await store.reload('changed');

    await folder.write('a.txt', Buffer.from('Preço:\r\nR$ 10,00\r\n', 'latin1'));
    const report = await store.reload('all');

    expect([report.changed, report.snapshot.version]).toEqual([false, snapshot.version]);
  });

  it('tells another version for the same text under another name', async () => {
    await folder.write('a.txt', 'Preço: R$ 10,00');
    await folder.write('b.txt', 'x');
    const { snapshot } = await store.reload('changed');

    const other = await openKnowledgeFolder();
    await other.write('a.txt', 'Preço: R$ 10,00\n\n=== b.txt ===\nx');
    const merged = new FilesystemKnowledgeStore({
      folder: other.path,
      personaFile: join(other.path, 'persona.md'),
      contextTokens: 8000,
      clock: new ManualClock(),
      settleMs: 3000,
    });
    const report = await merged.reload('changed');

    expect(report.snapshot.text).toBe(snapshot.text);
    expect(report.snapshot.version).not.toBe(snapshot.version);
    await other.close();
  });

  it('serves an empty folder as an empty corpus', async () => {
    const { snapshot, failure } = await store.reload('changed');

    expect(snapshot).toMatchObject({ documents: 0, passages: 0, text: '' });
    expect(snapshot.version).toMatch(/^[0-9a-f]{12}$/u);
    expect(failure).toBeUndefined();
  });

  it('says that the folder is missing, without naming where it should be', async () => {
    await folder.close();

    const { failure, snapshot } = await store.reload('changed');

    expect(failure).toBe('A pasta de conhecimento não pôde ser lida (ENOENT)');
    expect(snapshot.version).toBe('');
  });

  it('tells which files it does not serve, and why', async () => {
    await folder.write('a.txt', 'Preço: R$ 10,00');
    await folder.write('vazio.txt', '');

    const { snapshot } = await store.reload('changed');

    expect(snapshot.documents).toBe(1);
    expect(snapshot.skipped).toEqual([{ file: 'vazio.txt', reason: 'o arquivo está vazio' }]);
  });

  it('lets callers that come while it reads share the next reading', async () => {
    await folder.write('a.txt', 'Preço: R$ 10,00');
    let release = (): void => undefined;
    const begun = new Promise<void>((begin) => {
      meanwhile = () => {
        begin();
        return new Promise((resolve) => {
          release = resolve;
        });
      };
    });

    const first = store.reload('changed');
    await begun;
    meanwhile = () => Promise.resolve();
    const later = [store.reload('all'), store.reload('changed'), store.reload('all')];
    release();
    await Promise.all([first, ...later]);

    expect(later[1]).toBe(later[0]);
    expect(later[2]).toBe(later[0]);
    expect(reads).toBe(2);
  });

  it('answers from the old corpus until the new one is complete', async () => {
    await folder.write('a.txt', 'Preço: R$ 10,00');
    await store.reload('changed');
    await folder.write('a.txt', 'Preço: R$ 12,00', Date.UTC(2020, 1, 1));
    await folder.write('b.txt', 'Preço do frete: R$ 5,00');
    const seen: number[] = [];
    meanwhile = async () => {
      seen.push((await store.find('preço')).passages.filter(({ score }) => score > 0).length);
    };

    await store.reload('changed');

    expect(seen).toEqual([1, 1]);
    expect((await store.find('preço')).passages).toHaveLength(2);
  });

  it('switches from the whole corpus to the best passages where the budget ends', async () => {
    // <document path="a.txt" title="a">\nPreço: R$ 10,00\n</document>: 33 + 17 + 11 bytes, 21 tokens.
    await folder.write('a.txt', 'Preço: R$ 10,00');
    const stores = [openStore(21), openStore(20)];

    const groundings = await Promise.all(
      stores.map(async (one) => {
        await one.reload('changed');
        return one.find('preço');
      }),
    );

    expect(groundings.map(({ whole }) => whole)).toEqual([true, false]);
    expect(groundings.map(({ passages }) => passages.length)).toEqual([1, 0]);
  });

  it('takes in 2,000 passages and finds the one', async () => {
    const filler = 'palavra comum de um texto qualquer da loja '.repeat(15);
    for (let file = 0; file < 20; file += 1) {
      const pairs = Array.from(
        { length: 100 },
        (_, index) => `P: item ${file * 100 + index}?\nR: ${filler}`,
      );
      await folder.write(`f${file}.txt`, pairs.join('\n\n'));
    }

    const { snapshot } = await store.reload('changed');
    const { passages } = await store.find('tem o item 1234?');

    expect(snapshot.passages).toBe(2000);
    expect(passages[0]?.text.slice(0, 13)).toBe('P: item 1234?');
    expect(passages.length).toBeLessThanOrEqual(8);
  });

  describe('with more passages than are served', () => {
    const five = 'P: a\nP: b\nP: c\nP: d\nP: e\n';
    const FULL =
      'a pasta tem mais trechos do que cabe na memória; este arquivo ficou de fora, tire o que não é usado';

    beforeEach(() => {
      store = openStore(8000, { passagesPerFile: 5, passages: 8 });
    });

    it('skips a file of too many, and serves the others', async () => {
      await folder.write('a.txt', `${five}P: f`);
      await folder.write('b.txt', five);

      const { snapshot } = await store.reload('changed');

      expect(snapshot).toMatchObject({ documents: 1, passages: 5 });
      expect(snapshot.text).toBe(`=== b.txt ===\n${five}`);
      expect(snapshot.skipped).toEqual([
        {
          file: 'a.txt',
          reason: 'o texto se divide em mais de 5 trechos; não parece texto para pessoas lerem',
        },
      ]);
    });

    it('skips, in path order, what does not fit any more, and serves it once there is room', async () => {
      await folder.write('a.txt', five);
      await folder.write('b.txt', five);
      await folder.write('c.txt', 'Preço: R$ 10,00');
      const full = await store.reload('changed');
      const again = await store.reload('changed');

      await folder.write('a.txt', 'P: a', Date.UTC(2020, 1, 1));
      const roomy = await store.reload('changed');
      await folder.write('a.txt', five, Date.UTC(2020, 2, 1));
      const fullAgain = await store.reload('changed');

      expect(full.snapshot.skipped).toEqual([{ file: 'b.txt', reason: FULL }]);
      expect(full.snapshot.passages).toBe(6);
      expect([again.changed, again.snapshot]).toEqual([false, full.snapshot]);
      expect([roomy.snapshot.passages, roomy.snapshot.skipped]).toEqual([7, []]);
      expect(fullAgain.snapshot).toEqual(full.snapshot);
      expect((await store.find('x')).passages).toHaveLength(6);
    });
  });

  it('refuses a file of 100,001 lines before it is split', async () => {
    await folder.write('a.txt', 'P:a\n'.repeat(100_000));
    await folder.write('b.txt', Buffer.from('P:\u00e9\n'.repeat(100_000), 'latin1'));

    const { snapshot } = await store.reload('changed');

    const reason = 'o arquivo tem mais de 100.000 linhas; divida o conteúdo em arquivos menores';
    expect(snapshot.skipped).toEqual([
      { file: 'a.txt', reason },
      { file: 'b.txt', reason },
    ]);
  });

  it('gives others their turn while it splits and ranks', async () => {
    await folder.write('a.txt', 'P: Tem?\nR: Tem.\n\n'.repeat(2_000));
    let turns = 0;
    let isLoading = true;
    const count = (): void => {
      turns += 1;
      if (isLoading) setImmediate(count);
    };
    setImmediate(count);

    const { snapshot } = await store.reload('changed');
    isLoading = false;

    expect(snapshot.passages).toBe(2_000);
    expect(turns).toBeGreaterThan(40);
  });

  it('serves 5 MB of prose as one file', async () => {
    const line = 'A escola oferece cursos de vendas e de fotografia a quem quer aprender.';
    await folder.write('a.txt', `${`${line}\n`.repeat(9)}\n`.repeat(8_060));

    const { snapshot } = await store.reload('changed');

    expect(snapshot.text.length).toBeGreaterThan(5_150_000);
    expect([snapshot.documents, snapshot.passages, snapshot.skipped]).toEqual([1, 8_060, []]);
  });
});
