import { describe, expect, it } from '@jest/globals';

import { AskCommand } from '../../../../../src/adapters/inbound/cli/ask-command.ts';
import { type FoundKnowledge } from '../../../../../src/application/ports/inbound/search-knowledge.ts';
import { InMemoryKnowledgeStore } from '../../../../doubles/in-memory-knowledge-store.ts';
import { aPassage } from '../../../../builders/a-passage.ts';

const NOTHING: FoundKnowledge = { passages: [], words: [], whole: false, version: 'v1' };

const FOUND: FoundKnowledge = {
  ...NOTHING,
  passages: [
    {
      ...aPassage({ document: 'banho.txt', title: 'Banho', section: 'PREÇOS' }),
      score: 0.8449,
      excerpt: 'Banho: R$ 55,00',
    },
  ],
  words: [
    {
      word: 'custa',
      meant: [{ word: 'custa', term: 'cust', weight: 1, origin: 'typed' }],
      near: [
        { word: 'preco', term: 'prec', weight: 0.2, origin: 'synonym' },
        { word: 'custei', term: 'custei', weight: 0.3, origin: 'variant' },
      ],
    },
    {
      word: 'bahno',
      meant: [
        { word: 'banho', term: 'banh', weight: 1, origin: 'spelling' },
        { word: 'bano', term: 'ban', weight: 0.6, origin: 'spelling' },
      ],
      near: [],
    },
    {
      word: 'xyzw',
      meant: [{ word: 'xyzw', term: 'xyzw', weight: 1, origin: 'unknown' }],
      near: [],
    },
  ],
};

function asked(found: FoundKnowledge, ...words: readonly string[]) {
  const knowledge = new InMemoryKnowledgeStore();
  knowledge.put('a.txt', 'Banho: R$ 55,00');
  const queries: string[] = [];
  const out: string[] = [];
  const err: string[] = [];
  const search = {
    execute: (query: string) => {
      queries.push(query);
      return Promise.resolve(found);
    },
  };
  const lines = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const command = new AskCommand(knowledge, search, lines);
  return { knowledge, queries, out, err, run: () => command.run(words) };
}

describe('AskCommand', () => {
  it('shows what was looked for and why, and what was found', async () => {
    const { run, queries, out, err } = asked(FOUND, 'quanto custa', 'o bahno?');

    expect(await run()).toBe(0);
    expect(queries).toEqual(['quanto custa o bahno?']);
    expect(out).toEqual([
      'Palavras procuradas:',
      '  custa: está nos textos; também "preco", sinônimo (0,20); também "custei…", outra forma (0,30)',
      '  bahno: não está nos textos; lida como "banho" (1,00) ou "bano" (0,60)',
      '  xyzw: não está nos textos, nem nada parecido',
      '',
      'Trechos, o melhor primeiro (1 de 1):',
      '  1. 0,84  Banho > PREÇOS  [banho.txt]',
      '     Banho: R$ 55,00',
    ]);
    expect(err).toEqual([]);
  });

  it('says when there is nothing to look for, and that the model sees everything', async () => {
    const { run, out } = asked({ ...NOTHING, whole: true }, 'oi');

    await run();

    expect(out).toEqual([
      'Palavras procuradas:',
      '  nenhuma: nada na pergunta distingue um texto de outro',
      '',
      'Trechos, o melhor primeiro (0 de 1):',
      '  nenhum',
      '',
      'O modelo lê todos os 1 trechos, não só estes: cabem em RAG_CONTEXT_TOKENS.',
    ]);
  });

  it('names the files that are left out, and a search that is reduced', async () => {
    const { run, knowledge, err } = asked(NOTHING, 'oi');
    knowledge.skip({ file: 'foto.txt', reason: 'não é um arquivo de texto' });
    knowledge.exactWordsOnly = true;

    expect(await run()).toBe(0);
    expect(err).toEqual([
      'Fora da busca: foto.txt: não é um arquivo de texto',
      'São trechos demais: só as palavras exatas são procuradas.',
    ]);
  });

  it('says why the knowledge could not be read', async () => {
    const { run, knowledge, out, err } = asked(NOTHING, 'oi');
    knowledge.failWith('A pasta não pôde ser lida (ENOENT)');

    expect(await run()).toBe(1);
    expect([out, err]).toEqual([[], ['A pasta não pôde ser lida (ENOENT)']]);
  });

  it.each([[[]], [['  ']], [['--help']]])('explains itself to %j', async (words) => {
    const { run, queries, err } = asked(NOTHING, ...words);

    expect(await run()).toBe(1);
    expect(queries).toEqual([]);
    expect(err).toEqual(['uso: npm run ask -- "pergunta"']);
  });
});
