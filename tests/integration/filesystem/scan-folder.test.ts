import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { scanFolder } from '../../../src/adapters/outbound/filesystem/scan-folder.ts';
import { type KnowledgeFolder, openKnowledgeFolder } from '../../support/knowledge-folder.ts';

describe('scanFolder', () => {
  let folder: KnowledgeFolder;
  let outside: KnowledgeFolder;
  const at = (name: string): string => join(folder.path, name);

  beforeEach(async () => {
    folder = await openKnowledgeFolder();
    outside = await openKnowledgeFolder();
  });
  afterEach(async () => {
    await folder.close();
    await outside.close();
  });

  async function scan(): Promise<[found: readonly string[], skipped: Record<string, string>]> {
    const { files, skipped } = await scanFolder(folder.path);
    const reasons = skipped.map(({ file, reason }) => [file, reason]);
    return [files.map(({ path }) => path), Object.fromEntries(reasons) as Record<string, string>];
  }

  it('finds the files of all sub-folders in path order', async () => {
    const names = ['AVISO.TXT', 'ação.md', 'cursos/a b.csv', 'cursos/b/c.pdf', 'z.docx'];
    for (const name of names.toReversed()) await folder.write(name, 'texto');

    expect(await scan()).toEqual([names, {}]);
  });

  it('finds golden questions apart, whatever Windows made of their name', async () => {
    for (const name of [
      'a.txt',
      'cursos.perguntas.txt',
      'x/Y.PERGUNTAS.TXT',
      'b.perguntas.txt.txt',
    ]) {
      await folder.write(name, 'texto');
    }

    const { files, questions } = await scanFolder(folder.path);

    expect(files.map(({ path }) => path)).toEqual(['a.txt']);
    expect(questions.map(({ path }) => path)).toEqual([
      'b.perguntas.txt.txt',
      'cursos.perguntas.txt',
      'x/Y.PERGUNTAS.TXT',
    ]);
  });

  it('passes over other endings, hidden entries, the persona and other question files', async () => {
    for (const name of [
      'a.txt',
      'foto.jpg',
      'sem ponto',
      'persona.md',
      'cursos/Persona.md',
      '~$contrato.docx',
      'c.txt~',
      '._a.txt',
      '.git/d.txt',
      'cursos.perguntas.yaml',
      'cursos.perguntas.bak.txt',
    ]) {
      await folder.write(name, 'texto');
    }

    expect(await scan()).toEqual([['a.txt'], {}]);
  });

  it('tells what to do with documents in a format that is not read', async () => {
    for (const name of ['a.doc', 'b.ODT', 'c.xlsx', '~$d.xlsx']) await folder.write(name, 'x');

    const document = 'este formato não é lido; salve o documento como .docx';
    expect(await scan()).toEqual([
      [],
      {
        'a.doc': document,
        'b.ODT': document,
        'c.xlsx': 'planilhas só são lidas em CSV; salve a planilha como .csv',
      },
    ]);
  });

  it('tells of links that lead outside or nowhere', async () => {
    await outside.write('secret.txt', 'senha');
    await symlink(join(outside.path, 'secret.txt'), at('file.txt'));
    await symlink(outside.path, at('folder.txt'));
    await symlink(outside.path, at('linked'));
    await symlink(at('nowhere'), at('broken.txt'));
    await symlink(at('loop.txt'), at('loop.txt'));
    await folder.write('good.txt', 'texto');

    expect(await scan()).toEqual([
      ['good.txt'],
      {
        'broken.txt': 'é um atalho que não leva a um arquivo',
        'file.txt': 'é um atalho para fora da pasta de conhecimento',
        'folder.txt': 'é um atalho para fora da pasta de conhecimento',
        'loop.txt': 'é um atalho que não leva a um arquivo',
      },
    ]);
  });

  it('is not led outside by a folder whose name only begins alike', async () => {
    const twin = `${folder.path}-twin`;
    await mkdir(twin);
    await writeFile(join(twin, 'a.txt'), 'texto');
    await symlink(join(twin, 'a.txt'), at('a.txt'));

    const [found] = await scan();

    expect(found).toEqual([]);
    await rm(twin, { recursive: true });
  });

  it('follows links within the folder, but finds no file twice', async () => {
    await folder.write('..data/preços.txt', 'texto');
    await folder.write('a.txt', 'texto');
    await symlink('..data/preços.txt', at('preços.txt'));
    await symlink('a.txt', at('copy.txt'));
    await symlink('.', at('again'));

    expect(await scan()).toEqual([['a.txt', 'preços.txt'], {}]);
  });

  it('tells of what has the name of a text and is none', async () => {
    await mkdir(at('folder.txt'));
    await folder.write('folder.txt/inner.txt', 'texto');
    folder.pipe('pipe.txt');
    await symlink('folder.txt', at('link.txt'));

    expect(await scan()).toEqual([
      [],
      {
        'folder.txt': 'é uma pasta, não um arquivo',
        'link.txt': 'não é um arquivo comum',
        'pipe.txt': 'não é um arquivo comum',
      },
    ]);
  });

  it('tells of a name that was written in another encoding', async () => {
    const name = Buffer.concat([
      Buffer.from(`${folder.path}/pre`),
      Buffer.from([0xe7]),
      Buffer.from('o.txt'),
    ]);
    await writeFile(name, 'texto');

    const [found, skipped] = await scan();

    expect(found).toEqual([]);
    expect(skipped).toEqual({
      'pre\ufffdo.txt': 'o nome tem caracteres que o servidor não lê; renomeie sem acentos',
    });
  });

  it('rejects when the folder is missing', async () => {
    await expect(scanFolder(at('missing'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
