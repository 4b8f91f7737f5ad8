import { symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { FolderReader } from '../../../src/adapters/outbound/filesystem/folder-reader.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { type KnowledgeFolder, openKnowledgeFolder } from '../../support/knowledge-folder.ts';

describe('FolderReader with a persona', () => {
  let folder: KnowledgeFolder;
  let clock: ManualClock;
  let reader: FolderReader;

  beforeEach(async () => {
    folder = await openKnowledgeFolder();
    clock = new ManualClock();
    reader = openReader();
  });
  afterEach(() => folder.close());

  function openReader(personaFile = join(folder.path, 'persona.md')): FolderReader {
    return new FolderReader({ folder: folder.path, personaFile, clock, settleMs: 3000 });
  }

  it('tells it apart from knowledge, in any encoding', async () => {
    await folder.write('eu.txt', Buffer.from('Você é a Lia.', 'latin1'));
    await folder.write('a.txt', 'um');

    const content = await openReader(join(folder.path, 'eu.txt')).content('changed');

    expect(content).toMatchObject({
      documents: [{ path: 'a.txt', text: 'um' }],
      skipped: [],
      persona: 'Você é a Lia.',
    });
  });

  it('reads one outside the folder, and follows its changes', async () => {
    const other = await openKnowledgeFolder();
    await other.write('p.md', 'Você é a Lia.');
    const outer = openReader(join(other.path, 'p.md'));
    const first = await outer.content('changed');

    await other.write('p.md', 'Você é a Bia.', clock.now() - 60_000);
    const second = await outer.content('changed');

    expect([first.persona, second.persona]).toEqual(['Você é a Lia.', 'Você é a Bia.']);
    await other.close();
  });

  it('misses one that was asked for, and none that is only looked for', async () => {
    const elsewhere = await openReader('/nowhere/p.md').content('changed');
    const inside = await openReader(join(folder.path, 'eu.md')).content('changed');
    const usual = await reader.content('changed');

    const reason = 'não existe; confira PERSONA_FILE';
    expect(elsewhere.skipped).toEqual([{ file: 'PERSONA_FILE', reason }]);
    expect(inside.skipped).toEqual([{ file: 'eu.md', reason }]);
    expect(usual.skipped).toEqual([]);
  });

  it('has none, and says why, where it cannot be served', async () => {
    const other = await openKnowledgeFolder();
    await other.write('large.md', 'a'.repeat(20 * 1024 + 1));
    await other.write('secret', 'senha');
    await symlink(join(other.path, 'secret'), join(folder.path, 'persona.md'));

    const large = await openReader(join(other.path, 'large.md')).content('changed');
    const planted = await reader.content('changed');
    const underFile = await openReader(join(other.path, 'secret', 'p.md')).content('changed');

    expect([large, planted, underFile]).toMatchObject([
      {
        documents: [],
        skipped: [
          {
            file: 'PERSONA_FILE',
            reason: 'o arquivo passa de 20 kB; divida o conteúdo em arquivos menores',
          },
        ],
      },
      {
        documents: [],
        skipped: [{ file: 'persona.md', reason: 'é um atalho para fora da pasta de conhecimento' }],
      },
      {
        documents: [],
        skipped: [{ file: 'PERSONA_FILE', reason: 'não pôde ser lido (ENOTDIR)' }],
      },
    ]);
    await other.close();
  });
});
