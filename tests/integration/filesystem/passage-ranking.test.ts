import { beforeEach, describe, expect, it } from '@jest/globals';

import { PassageRanking } from '../../../src/adapters/outbound/filesystem/passage-ranking.ts';
import { createPortugueseStem } from '../../../src/adapters/outbound/filesystem/portuguese-stem.ts';
import { type Passage } from '../../../src/domain/knowledge/passage.ts';
import { aPassage } from '../../builders/a-passage.ts';

describe('PassageRanking', () => {
  let ranking: PassageRanking;
  let served: Map<string, { readonly passage: Passage }>;

  beforeEach(() => {
    ranking = new PassageRanking(createPortugueseStem());
    served = new Map();
    serve(
      'Banho: porte pequeno R$ 55',
      'Ração NF-450 para filhotes',
      'Agende o banho por telefone',
    );
  });

  function serve(...texts: readonly string[]): readonly Passage[] {
    const former = [...served.values()].map(({ passage }) => passage);
    const passages = texts.map((text, index) =>
      aPassage({ id: `a.txt#${index + 1}`, title: '', section: '', text }),
    );
    ranking.show(new Map([['a.txt', ranking.stage(passages)]]));
    served = new Map(passages.map((passage) => [passage.id, { passage }]));
    ranking.forget(former);
    return passages;
  }

  function found(query: string, limit = 10): readonly string[] {
    const { scores } = ranking.rank(query, served, limit);
    return [...scores.keys()].map((id) => served.get(id)?.passage.text ?? '');
  }

  it.each(['nf450', 'NF 450', 'nf-450 tem?', 'racao 450'])(
    'finds a code typed as "%s"',
    (query) => {
      expect(found(query)[0]).toBe('Ração NF-450 para filhotes');
    },
  );

  it('finds what is misspelled', () => {
    expect(found('bahno pequeno')[0]).toBe('Banho: porte pequeno R$ 55');
  });

  it('finds what is only said in other words, behind what is said in the same', () => {
    serve('Frete: R$ 12,00', 'Entrega em um dia', 'Abrimos às 9h');

    expect(found('entrega')).toEqual(['Entrega em um dia', 'Frete: R$ 12,00']);
  });

  it('gives falling scores, and no more than asked for', () => {
    const { scores } = ranking.rank('banho telefone', served, 10);

    const values = [...scores.values()];
    expect(values).toEqual(values.toSorted((one, other) => other - one));
    expect(found('banho', 1)).toHaveLength(1);
  });

  it('takes no word for known that is gone', () => {
    serve('Tosa: R$ 45', 'Bano é outra coisa');
    serve('Tosa: R$ 45', 'Banho: R$ 55');

    expect(ranking.rank('bano', served, 10).query.words[0]?.meant[0]?.word).toBe('banho');
  });

  it('ranks without spelling and synonyms above its limit, for good', () => {
    ranking = new PassageRanking(createPortugueseStem(), { detailed: 2 });
    served = new Map();
    serve('Banho: R$ 55', 'Tosa: R$ 45', 'Entrega: R$ 10');

    const reduced = [ranking.isReduced, found('bahno').length, found('frete').length];
    serve('Banho: R$ 55');

    expect(reduced).toEqual([true, 0, 0]);
    expect([ranking.isReduced, found('banho').length]).toEqual([true, 1]);
  });

  it('leaves out the commonest terms above its limit, but never all of them', () => {
    ranking = new PassageRanking(createPortugueseStem(), { detailed: 2, hits: 3 });
    served = new Map();
    serve('Banho: R$ 55', 'Curso: banho', 'Curso: tosa', 'Curso: vendas');

    expect(found('curso de banho')).toEqual(['Curso: banho', 'Banho: R$ 55']);
    expect(found('curso')).toHaveLength(3);
  });

  it('finds by what was said before a passage that many others precede', () => {
    const prices = Array.from({ length: 60 }, (_, index) => `Item de loja ${index}: custa 10`);
    serve(...prices, 'Curso de excel para todas as pessoas: custa 297', 'Estacionamento na rua');
    const said = [{ text: 'tem excel?', byCustomer: true }];

    const { scores } = ranking.rank('e quanto custa?', served, 10, { said });

    expect([...scores.keys()][0]).toBe('a.txt#61');
  });

  it('shows what it looked for', () => {
    const { query } = ranking.rank('bahno', served, 10);

    expect(query.words).toEqual([
      {
        word: 'bahno',
        meant: [{ term: 'banh', word: 'banho', weight: 1, origin: 'spelling' }],
        near: [],
      },
    ]);
  });
});
