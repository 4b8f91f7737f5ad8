import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { FilesystemKnowledgeStore } from '../../../src/adapters/outbound/filesystem/filesystem-knowledge-store.ts';
import { type SimilarPassages } from '../../../src/application/ports/outbound/passage-similarity.ts';
import { type Passage } from '../../../src/domain/knowledge/passage.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { type KnowledgeFolder, openKnowledgeFolder } from '../../support/knowledge-folder.ts';

describe('FilesystemKnowledgeStore with passages found by meaning', () => {
  let folder: KnowledgeFolder;
  let asked: string[];
  let similar: (passages: readonly Passage[]) => SimilarPassages | undefined;
  let store: FilesystemKnowledgeStore;

  beforeEach(async () => {
    folder = await openKnowledgeFolder();
    asked = [];
    store = openStore(60);
    await folder.write('entrega.txt', 'Entregamos em Curitiba por R$ 12,00.');
    await folder.write('horario.txt', 'Abrimos das 9h às 18h.');
    await folder.write('troca.txt', 'Trocamos em 7 dias.');
    await store.reload('all');
  });
  afterEach(() => folder.close());

  function openStore(contextTokens: number): FilesystemKnowledgeStore {
    const opened: FilesystemKnowledgeStore = new FilesystemKnowledgeStore({
      folder: folder.path,
      personaFile: join(folder.path, 'persona.md'),
      contextTokens,
      clock: new ManualClock(),
      settleMs: 3000,
      similarity: {
        find: (query) => {
          asked.push(query);
          return Promise.resolve(similar([...opened.content().passages]));
        },
      },
    });
    return opened;
  }

  const named = (passages: readonly Passage[], ...names: readonly string[]): readonly Passage[] =>
    names.flatMap((name) => passages.filter(({ document }) => document === `${name}.txt`));

  it('finds what shares no word with the question', async () => {
    similar = (passages) => ({ nearest: named(passages, 'troca', 'entrega'), isKnown: () => true });

    const { passages } = await store.find('cabe em mim?');
    const search = await store.search('cabe em mim?', 1);

    expect(passages[0]?.document).toBe('troca.txt');
    expect(search.passages.map(({ document }) => document)).toEqual(['troca.txt']);
    expect(asked).toEqual(['cabe em mim?', 'cabe em mim?']);
  });

  it('keeps to the words where nothing can be found by meaning', async () => {
    similar = () => undefined;

    expect((await store.find('cabe em mim?')).passages).toEqual([]);
    expect((await store.find('Curitiba')).passages[0]?.document).toBe('entrega.txt');
  });

  it('finds no passage that is served no more', async () => {
    similar = (passages) => ({
      nearest: named(passages, 'troca').map((passage) => ({ ...passage })),
      isKnown: () => true,
    });

    expect((await store.find('cabe em mim?')).passages).toEqual([]);
  });

  it('asks nobody where the model is shown the whole corpus anyway', async () => {
    store = openStore(8000);
    await store.reload('all');

    await store.find('cabe em mim?');
    await store.search('cabe em mim?', 3);

    expect(asked).toEqual([]);
    expect(store.content().whole).toBe(true);
  });

  it('compares a question that leans on others together with these', async () => {
    similar = () => undefined;

    await store.find('e quanto custa?', {
      said: [
        { text: 'Oi', byCustomer: true },
        { text: 'Vocês entregam em Curitiba?', byCustomer: true },
        { text: 'Sim, entregamos.', byCustomer: false },
      ],
    });

    expect(asked).toEqual(['Vocês entregam em Curitiba?\nSim, entregamos.\ne quanto custa?']);
  });
});
