import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { FilesystemKnowledgeStore } from '../../../src/adapters/outbound/filesystem/filesystem-knowledge-store.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { type KnowledgeFolder, openKnowledgeFolder } from '../../support/knowledge-folder.ts';

const COURSES = ['excel', 'fotografia', 'marketing', 'vendas', 'web', 'redação'];

const SAID = [
  { text: 'tem curso de marketing?', byCustomer: true },
  { text: 'Temos sim!', byCustomer: false },
];

describe('FilesystemKnowledgeStore, asked in a conversation', () => {
  let folder: KnowledgeFolder;
  let store: FilesystemKnowledgeStore;

  beforeEach(async () => {
    folder = await openKnowledgeFolder();
    for (const course of COURSES) {
      const text = `Curso de ${course}. ${'Quanto custa: R$ 297,00. '.repeat(3)}`;
      await folder.write(`${course}.txt`, text);
    }
    store = new FilesystemKnowledgeStore({
      folder: folder.path,
      personaFile: join(folder.path, 'persona.md'),
      contextTokens: 200,
      clock: new ManualClock(),
      settleMs: 3000,
    });
    await store.reload('changed');
  });
  afterEach(() => folder.close());

  it('finds what the question alone does not name, and calls that unclear', async () => {
    const { passages, unclear } = await store.find('e quanto custa?', { said: SAID });

    expect([passages[0]?.document, unclear]).toEqual(['marketing.txt', true]);
  });

  it('finds what the question names, whatever was said, and calls that clear', async () => {
    const query = 'quanto custa o curso de redação?';

    const { passages, unclear } = await store.find(query, { said: SAID });

    expect([passages[0]?.document, unclear]).toEqual(['redação.txt', undefined]);
  });
});
