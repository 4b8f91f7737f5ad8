import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  type FolderContent,
  FolderReader,
} from '../../../src/adapters/outbound/filesystem/folder-reader.ts';
import {
  type DocumentFile,
  DocumentReader,
} from '../../../src/adapters/outbound/filesystem/documents/document-reader.ts';
import { type FileReading } from '../../../src/adapters/outbound/filesystem/read-file.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { type KnowledgeFolder, openKnowledgeFolder } from '../../support/knowledge-folder.ts';

const BEING_WRITTEN = 'está sendo gravado agora; será lido na próxima verificação';

/** Reads files for real, notes which, and lets a test do something in the middle. */
class WatchedReading {
  readonly names: string[] = [];
  private readonly documents = new DocumentReader(new ManualClock());
  instead: FileReading | undefined;
  meanwhile: (file: DocumentFile) => Promise<void> = () => Promise.resolve();

  readonly read = async (file: DocumentFile): Promise<FileReading> => {
    this.names.push(file.realPath.slice(file.realPath.lastIndexOf('/') + 1));
    await this.meanwhile(file);
    return this.instead ?? this.documents.read(file);
  };
}

describe('FolderReader', () => {
  let folder: KnowledgeFolder;
  let clock: ManualClock;
  let watched: WatchedReading;
  let reader: FolderReader;

  beforeEach(async () => {
    folder = await openKnowledgeFolder();
    clock = new ManualClock();
    watched = new WatchedReading();
    reader = openReader();
  });
  afterEach(() => folder.close());

  function openReader(personaFile = join(folder.path, 'persona.md')): FolderReader {
    const { read } = watched;
    return new FolderReader({ folder: folder.path, personaFile, clock, settleMs: 3000, read });
  }

  /** When a file was written, told in ms before the clock's now. */
  const ago = (ms: number): number => clock.now() - ms;

  function told({ documents, skipped }: FolderContent): readonly [string[], string[]] {
    return [
      documents.map(({ path, text }) => `${path}: ${text}`),
      skipped.map(({ file, reason }) => `${file}: ${reason}`),
    ];
  }

  it('takes everything at the first load, however fresh', async () => {
    await folder.write('a.txt', 'um', ago(10));

    expect(told(await reader.content('changed'))).toEqual([['a.txt: um'], []]);
    expect(clock.sleeps).toEqual([]);
  });

  it('reads again only what has changed', async () => {
    await folder.write('a.txt', 'um');
    await folder.write('b.txt', 'dois');
    await reader.content('changed');
    await folder.write('b.txt', 'três', ago(60_000));
    watched.names.length = 0;

    const content = await reader.content('changed');

    expect(told(content)).toEqual([['a.txt: um', 'b.txt: três'], []]);
    expect(watched.names).toEqual(['b.txt']);
  });

  it('reads every file again when asked for all', async () => {
    await folder.write('a.txt', 'um');
    await folder.write('b.txt', 'dois');
    await reader.content('changed');
    watched.names.length = 0;

    await reader.content('all');

    expect(watched.names).toEqual(['a.txt', 'b.txt']);
    expect(clock.sleeps).toEqual([]);
  });

  it('keeps the former text while a file is being written, and takes it once it holds still', async () => {
    await folder.write('a.txt', 'inteiro');
    await reader.content('changed');

    await folder.write('a.txt', 'met', ago(100));
    const during = await reader.content('changed');
    await folder.write('a.txt', 'metade', ago(0));
    const still = await reader.content('changed');
    const after = await reader.content('changed');

    expect(told(during)).toEqual([['a.txt: inteiro'], [`a.txt: ${BEING_WRITTEN}`]]);
    expect(told(still)).toEqual([['a.txt: inteiro'], [`a.txt: ${BEING_WRITTEN}`]]);
    expect(told(after)).toEqual([['a.txt: metade'], []]);
  });

  it('leaves a new file that is being written for the next look', async () => {
    await reader.content('changed');
    await folder.write('a.txt', 'novo', ago(100));

    const during = await reader.content('changed');
    const after = await reader.content('changed');

    expect(told(during)).toEqual([[], [`a.txt: ${BEING_WRITTEN}`]]);
    expect(told(after)).toEqual([['a.txt: novo'], []]);
  });

  it('takes a file whose time is in the future once it holds still', async () => {
    await reader.content('changed');
    await folder.write('a.txt', 'novo', ago(-3_600_000));

    await reader.content('changed');

    expect(told(await reader.content('changed'))).toEqual([['a.txt: novo'], []]);
  });

  it('keeps the former text when a file is written while it is read', async () => {
    await folder.write('a.txt', 'inteiro');
    await reader.content('changed');
    await folder.write('a.txt', 'meta', ago(60_000));
    watched.meanwhile = () => folder.write('a.txt', 'metade', ago(50_000));

    const during = await reader.content('changed');
    watched.meanwhile = () => Promise.resolve();
    const after = await reader.content('changed');

    expect(told(during)).toEqual([['a.txt: inteiro'], [`a.txt: ${BEING_WRITTEN}`]]);
    expect(told(after)).toEqual([['a.txt: metade'], []]);
  });

  it('reads a fresh file at once for a person who asks, after a second look', async () => {
    await folder.write('a.txt', 'um');
    await reader.content('changed');
    await folder.write('a.txt', 'dois', ago(100));

    const content = reader.content('all');
    await clock.sleepsBegun(1);
    await clock.advance(250);

    expect(told(await content)).toEqual([['a.txt: dois'], []]);
  });

  it('does not take a file that is written between the two looks', async () => {
    await folder.write('a.txt', 'um');
    await reader.content('changed');
    await folder.write('a.txt', 'doi', ago(100));

    const content = reader.content('all');
    await clock.sleepsBegun(1);
    await folder.write('a.txt', 'dois', ago(0));
    await clock.advance(250);

    expect(told(await content)).toEqual([['a.txt: um'], [`a.txt: ${BEING_WRITTEN}`]]);
  });

  it('looks once more at what was read within the tick in which it was written', async () => {
    await folder.write('a.txt', 'um', ago(0));
    await reader.content('changed');
    watched.instead = { kind: 'text', text: 'do', isStill: true };

    const again = await reader.content('changed');
    await clock.advance(10_000);
    await reader.content('changed');
    watched.names.length = 0;
    await reader.content('changed');

    expect(told(again)).toEqual([['a.txt: do'], []]);
    expect(watched.names).toEqual([]);
  });

  it('serves the good files beside a bad one', async () => {
    await folder.write('a.txt', 'um');
    await folder.write('b.txt', Buffer.from([0, 1, 2, 0, 0, 3]));
    await folder.write('c.txt', 'três');
    await folder.write('d.txt', '');

    expect(told(await reader.content('changed'))).toEqual([
      ['a.txt: um', 'c.txt: três'],
      [
        'b.txt: não é um arquivo de texto; salve o conteúdo como .txt',
        'd.txt: o arquivo está vazio',
      ],
    ]);
  });

  it('does not read a refused file again until it changes', async () => {
    await folder.write('a.txt', '');
    await reader.content('changed');
    watched.names.length = 0;

    const same = await reader.content('changed');
    await folder.write('a.txt', 'um', ago(60_000));
    const changed = await reader.content('changed');

    expect(told(same)).toEqual([[], ['a.txt: o arquivo está vazio']]);
    expect(told(changed)).toEqual([['a.txt: um'], []]);
    expect(watched.names).toEqual(['a.txt']);
  });

  it('keeps the former text of a file that cannot be read for a moment', async () => {
    await folder.write('a.txt', 'um');
    await reader.content('changed');
    await folder.write('a.txt', 'dois', ago(60_000));
    watched.instead = { kind: 'unreadable', reason: 'não pôde ser lido agora (EIO)' };

    const during = await reader.content('changed');
    watched.instead = undefined;
    const after = await reader.content('changed');

    expect(told(during)).toEqual([['a.txt: um'], ['a.txt: não pôde ser lido agora (EIO)']]);
    expect(told(after)).toEqual([['a.txt: dois'], []]);
  });

  it('forgets a file that is gone, even while it is read', async () => {
    await folder.write('a.txt', 'um');
    await folder.write('b.txt', 'dois');
    await reader.content('changed');
    await rm(join(folder.path, 'a.txt'));
    await folder.write('b.txt', 'três', ago(60_000));
    watched.meanwhile = ({ realPath }) => rm(realPath);

    expect(told(await reader.content('changed'))).toEqual([[], []]);
  });

  it('has changed nothing when the folder is missing', async () => {
    await folder.write('a.txt', 'um');
    await reader.content('changed');
    const away = `${folder.path}-away`;
    await rename(folder.path, away);

    await expect(reader.content('all')).rejects.toMatchObject({ code: 'ENOENT' });
    await rename(away, folder.path);

    expect(told(await reader.content('changed'))).toEqual([['a.txt: um'], []]);
    expect(watched.names).toEqual(['a.txt']);
  });
});
