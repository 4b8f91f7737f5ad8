import { mkdir, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { stampOf } from '../../../src/adapters/outbound/filesystem/file-stamp.ts';
import {
  type DocumentFile,
  DocumentReader,
} from '../../../src/adapters/outbound/filesystem/documents/document-reader.ts';
import { type FileReading } from '../../../src/adapters/outbound/filesystem/read-file.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { type KnowledgeFolder, openKnowledgeFolder } from '../../support/knowledge-folder.ts';

describe('readFile', () => {
  let folder: KnowledgeFolder;

  beforeEach(async () => {
    folder = await openKnowledgeFolder();
  });
  afterEach(() => folder.close());

  async function found(name: string, maxBytes = 5 * 1024 * 1024): Promise<DocumentFile> {
    const realPath = join(folder.path, name);
    return { realPath, maxBytes, stamp: stampOf(await stat(realPath)), format: 'txt' };
  }

  function read(file: DocumentFile): Promise<FileReading> {
    return new DocumentReader(new ManualClock()).read(file);
  }

  it('reads a text in its normalised form', async () => {
    await folder.write('a.txt', '\ufeffPreço\r\nR$ 10,00\r\n');

    const reading = await read(await found('a.txt'));

    expect(reading).toEqual({ kind: 'text', text: 'Preço\nR$ 10,00\n', isStill: true });
  });

  it('notices that a file was written since it was found', async () => {
    await folder.write('a.txt', 'Preço: R$ 10,00');
    const file = await found('a.txt');
    await folder.write('a.txt', 'Preço: R$ 12', Date.UTC(2021, 0, 1));

    const reading = await read(file);

    expect(reading).toEqual({ kind: 'text', text: 'Preço: R$ 12', isStill: false });
  });

  it('does not read another file in its place', async () => {
    await folder.write('a.txt', 'Preço: R$ 10,00');
    await folder.write('b.txt', 'senha');
    const { stamp } = await found('a.txt');

    const reading = await read({ ...(await found('b.txt')), stamp });

    expect(reading).toMatchObject({ kind: 'unreadable' });
  });

  it('does not follow a link that took its place', async () => {
    await folder.write('secret', 'senha');
    await folder.write('a.txt', 'Preço: R$ 10,00');
    const file = await found('a.txt');
    await rm(file.realPath);
    await symlink('secret', file.realPath);

    const reading = await read(file);

    expect(reading).toMatchObject({
      kind: 'refused',
      reason: 'é um atalho que não leva a um arquivo',
    });
  });

  it.each([
    [5 * 1024 * 1024, 'o arquivo passa de 5 MB; divida o conteúdo em arquivos menores'],
    [20 * 1024, 'o arquivo passa de 20 kB; divida o conteúdo em arquivos menores'],
  ])('refuses more than %d bytes', async (maxBytes, reason) => {
    await folder.write('fits.txt', 'a'.repeat(maxBytes));
    await folder.write('large.txt', 'a'.repeat(maxBytes + 1));

    const fitting = await read(await found('fits.txt', maxBytes));
    const large = await read(await found('large.txt', maxBytes));

    expect(fitting.kind).toBe('text');
    expect(large).toEqual({ kind: 'refused', reason, isStill: true });
  });

  it('refuses a folder and a pipe without waiting for it', async () => {
    await mkdir(join(folder.path, 'x.txt'));
    folder.pipe('pipe.txt');

    const readings = [await read(await found('x.txt')), await read(await found('pipe.txt'))];

    const expected = { kind: 'refused', reason: 'não é um arquivo comum', isStill: true };
    expect(readings).toEqual([expected, expected]);
  });

  it('tells that a file is gone', async () => {
    await folder.write('a.txt', 'Preço');
    const file = await found('a.txt');
    await rm(file.realPath);

    expect(await read(file)).toEqual({ kind: 'gone' });
  });

  it('leaves what may pass for the next time', async () => {
    await folder.write('a.txt', 'Preço');
    const { stamp, maxBytes } = await found('a.txt');
    const realPath = join(folder.path, 'n'.repeat(300));

    const reading = await read({ realPath, stamp, maxBytes, format: 'txt' });

    expect(reading).toEqual({
      kind: 'unreadable',
      reason: 'não pôde ser lido agora (ENAMETOOLONG)',
    });
  });
});
