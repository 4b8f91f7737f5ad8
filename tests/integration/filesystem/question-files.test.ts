import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { FolderReader } from '../../../src/adapters/outbound/filesystem/folder-reader.ts';
import { readQuestions } from '../../../src/domain/knowledge/golden-questions.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { type KnowledgeFolder, openKnowledgeFolder } from '../../support/knowledge-folder.ts';

const TEXT = 'P: Há opções?\r\nnão deve conter: preço à vista\r\n';

describe('FolderReader with golden questions', () => {
  let folder: KnowledgeFolder;
  let reader: FolderReader;

  beforeEach(async () => {
    folder = await openKnowledgeFolder();
    reader = new FolderReader({
      folder: folder.path,
      personaFile: join(folder.path, 'persona.md'),
      clock: new ManualClock(),
      settleMs: 3000,
    });
  });
  afterEach(() => folder.close());

  it('reads them apart from knowledge, and says of those that it cannot read why', async () => {
    await folder.write('a.txt', 'um');
    await folder.write('a.perguntas.txt', 'P: Um?');
    await folder.write('b.perguntas.txt', new Uint8Array(300 * 1024).fill(0x61));

    const { documents, questions, skipped } = await reader.content('changed');

    expect(documents).toEqual([{ path: 'a.txt', text: 'um' }]);
    expect(questions).toEqual([{ path: 'a.perguntas.txt', text: 'P: Um?' }]);
    expect(skipped).toEqual([
      {
        file: 'b.perguntas.txt',
        reason: 'o arquivo passa de 256 kB; divida o conteúdo em arquivos menores',
      },
    ]);
  });

  it.each([
    ['Windows-1252', Buffer.from(TEXT, 'latin1')],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${TEXT}`, 'utf8')],
    ['UTF-16', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ])('reads them as Notepad saves them: %s', async (_, bytes) => {
    await folder.write('a.perguntas.txt', bytes);

    const { questions } = await reader.content('changed');

    expect(questions.map(readQuestions)).toMatchObject([
      {
        questions: [
          {
            line: 1,
            question: 'Há opções?',
            expectations: [{ line: 2, text: 'preço à vista', isWanted: false }],
          },
        ],
        mistakes: [],
      },
    ]);
  });
});
