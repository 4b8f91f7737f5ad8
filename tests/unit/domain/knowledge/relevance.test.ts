import { describe, expect, it } from '@jest/globals';
import { stemmer } from '@orama/stemmers/portuguese';

import { readQuery } from '../../../../src/domain/knowledge/query.ts';
import { readPassage, Relevance } from '../../../../src/domain/knowledge/relevance.ts';
import { createSynonyms } from '../../../../src/domain/knowledge/synonyms.ts';
import { Vocabulary } from '../../../../src/domain/knowledge/vocabulary.ts';
import { aPassage } from '../../../builders/a-passage.ts';

const synonyms = createSynonyms(stemmer);

function corpusOf(texts: readonly string[], titles: readonly string[] = []) {
  const vocabulary = new Vocabulary();
  const read = texts.map((text, index) =>
    readPassage(aPassage({ title: titles[index] ?? '', section: '', text }), stemmer),
  );
  for (const { all } of read) vocabulary.add(all);
  const queryOf = (query: string) => readQuery(query, { stem: stemmer, vocabulary, synonyms });
  const scores = (query: string): readonly number[] => {
    const relevance = new Relevance(queryOf(query), vocabulary);
    return read.map((passage) => relevance.of(passage));
  };
  const best = (query: string): string | undefined => {
    const all = scores(query);
    return texts[all.indexOf(Math.max(...all))];
  };
  return { best, scores, queryOf, vocabulary };
}

describe('Relevance', () => {
  it('puts terms that stand together before the same terms apart', () => {
    const together = 'curso de excel para todos com material e café';
    const apart = 'curso para todos com material e café e também excel';

    expect(corpusOf([apart, together]).best('curso excel')).toBe(together);
  });

  it('counts the title twice', () => {
    const { scores } = corpusOf(['preço 10', 'preço 10'], ['banho', 'tosa']);

    const [bath = 0, shearing = 0] = scores('preço da tosa');

    expect(shearing).toBeGreaterThan(bath);
  });

  it('prefers what the query says word for word', () => {
    const inOrder = 'o banho de gato custa 80';
    const other = 'o banho gato custa de 80';

    const { scores } = corpusOf([inOrder, other]);

    const [first = 0, second = 0] = scores('banho de gato');
    expect(first - second).toBeCloseTo(0.05, 1);
    expect(first).toBeGreaterThan(second);
  });

  it('prefers the shorter of two that hold the term once', () => {
    const short = 'entregamos em Curitiba';

    expect(
      corpusOf([`${short} ${'e outras coisas boas '.repeat(20)}`, short]).best('curitiba'),
    ).toBe(short);
  });

  it('gives nothing to a passage that holds none of the terms, or a query without one', () => {
    const { scores } = corpusOf(['banho', 'tosa']);

    expect(scores('banho')[1]).toBe(0);
    expect(scores('bom dia')).toEqual([0, 0]);
  });

  it('never exceeds what it says, whatever the query', () => {
    const { scores } = corpusOf(['banho de gato', 'tosa de gato']);

    const [score = 0] = scores('banho de gato');

    expect(score).toBeGreaterThan(0.5);
    expect(score).toBeLessThanOrEqual(1.25);
  });
});

describe('readQuery', () => {
  it('corrects only what the corpus does not have, and says what it took it for', () => {
    const { queryOf } = corpusOf(['matrícula do curso', 'cursou']);

    const { words } = queryOf('matricual do curso');

    expect(
      words.map(({ word, meant }) => [word, meant.map((term) => [term.word, term.origin])]),
    ).toEqual([
      ['matricual', [['matricula', 'spelling']]],
      ['curso', [['curso', 'typed']]],
    ]);
  });

  it('keeps a word that nothing resembles', () => {
    const { words } = corpusOf(['banho']).queryOf('bicicleta');

    expect(words).toEqual([
      {
        word: 'bicicleta',
        meant: [{ term: 'biciclet', word: 'bicicleta', weight: 1, origin: 'unknown' }],
        near: [],
      },
    ]);
  });

  it('adds synonyms that the corpus has, for less than the word itself', () => {
    const { words } = corpusOf(['o frete custa 10', 'prazo de entrega']).queryOf('entrega');

    const near = words.flatMap((word) => word.near);
    expect(near).toEqual([
      { term: 'fret', word: 'frete', weight: expect.any(Number), origin: 'synonym' },
    ]);
    expect(near[0]?.weight).toBeLessThanOrEqual(0.2);
  });

  it('adds no relatives once the vocabulary is simplified', () => {
    const { queryOf, vocabulary } = corpusOf(['o frete custa 10', 'prazo de entrega']);

    vocabulary.simplify();

    expect(queryOf('entrega').words.flatMap(({ near }) => near)).toEqual([]);
  });

  it('pairs neighbouring words, at most 64 times', () => {
    const { queryOf } = corpusOf(['banho']);

    expect(queryOf('Banho de gato').pairs).toEqual(['banho de', 'de gato']);
    expect(queryOf('a b '.repeat(200)).pairs).toHaveLength(64);
    expect(queryOf('banho').pairs).toEqual([]);
  });
});
