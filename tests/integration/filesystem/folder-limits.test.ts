import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { FolderReader } from '../../../src/adapters/outbound/filesystem/folder-reader.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { type KnowledgeFolder, openKnowledgeFolder } from '../../support/knowledge-folder.ts';

const LEFT_OUT =
  'a pasta tem mais texto do que cabe na memória; este arquivo ficou de fora, tire o que não é usado';

describe('FolderReader with more text than is read in all', () => {
  let folder: KnowledgeFolder;
  let reader: FolderReader;

  beforeEach(async () => {
    folder = await openKnowledgeFolder();
    reader = new FolderReader({
      folder: folder.path,
      personaFile: join(folder.path, 'persona.md'),
      clock: new ManualClock(),
      settleMs: 3000,
      maxFolderBytes: 6,
    });
    await folder.write('a.txt', 'um');
    await folder.write('b.txt', 'grande');
    await folder.write('c.txt', 'dois');
  });
  afterEach(() => folder.close());

  it('leaves out, in path order, what does not fit', async () => {
    const { documents, skipped } = await reader.content('changed');

    expect(documents.map(({ text }) => text)).toEqual(['um', 'dois']);
    expect(skipped).toEqual([{ file: 'b.txt', reason: LEFT_OUT }]);
  });

  it('reads it once there is room', async () => {
    await reader.content('changed');
    await rm(join(folder.path, 'a.txt'));

    const { documents, skipped } = await reader.content('changed');

    expect(documents.map(({ text }) => text)).toEqual(['grande']);
    expect(skipped).toEqual([{ file: 'c.txt', reason: LEFT_OUT }]);
  });

  it('counts no file that is too large by itself', async () => {
    await rm(join(folder.path, 'b.txt'));
    await folder.write('a.txt', 'a'.repeat(5 * 1024 * 1024 + 1));

    const { documents, skipped } = await reader.content('changed');

    expect(documents.map(({ text }) => text)).toEqual(['dois']);
    expect(skipped).toEqual([
      { file: 'a.txt', reason: 'o arquivo passa de 5 MB; divida o conteúdo em arquivos menores' },
    ]);
  });
});
