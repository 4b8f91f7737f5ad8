import { describe, expect, it } from '@jest/globals';
import { stemmer } from '@orama/stemmers/portuguese';

import { type Earlier, isElliptic, type Said } from '../../../../src/domain/knowledge/earlier.ts';
import { isUnclear, type Query, readQuery } from '../../../../src/domain/knowledge/query.ts';
import { readPassage, Relevance } from '../../../../src/domain/knowledge/relevance.ts';
import { createSynonyms } from '../../../../src/domain/knowledge/synonyms.ts';
import { Vocabulary } from '../../../../src/domain/knowledge/vocabulary.ts';
import { aPassage } from '../../../builders/a-passage.ts';

const TEXTS = [
  'Curso de Excel: custa R$ 297,00',
  'Curso de fotografia: custa R$ 197,00',
  'Curso de marketing: custa R$ 497,00',
  'Certificado digital para quem termina',
  'Estacionamento na rua de trás',
  'Pagamento por boleto ou cartão',
];

const synonyms = createSynonyms(stemmer);
const vocabulary = new Vocabulary();
const read = TEXTS.map((text) => readPassage(aPassage({ title: '', section: '', text }), stemmer));
for (const { all } of read) vocabulary.add(all);

function queryOf(text: string, said: readonly Said[]): Query {
  return readQuery(text, { stem: stemmer, vocabulary, synonyms }, said);
}

function earlierOf(text: string, ...said: readonly Said[]): Earlier {
  return queryOf(text, said).earlier;
}

function weights({ terms }: Earlier): Readonly<Record<string, number>> {
  return Object.fromEntries(terms.map(({ term, weight }) => [term, weight]));
}

function best(text: string, ...said: readonly Said[]): string | undefined {
  const relevance = new Relevance(queryOf(text, said), vocabulary);
  const scores = read.map((passage) => relevance.of(passage));
  return TEXTS[scores.indexOf(Math.max(...scores))];
}

function customer(text: string): Said {
  return { text, byCustomer: true };
}

function agent(text: string): Said {
  return { text, byCustomer: false };
}

describe('what a question leans on', () => {
  it('is nothing where nothing was said, or its own words tell enough', () => {
    expect(earlierOf('e quanto custa?')).toEqual({ terms: [], alone: false });
    expect(earlierOf('Tem estacionamento e certificado?', customer('curso de excel'))).toEqual({
      terms: [],
      alone: false,
    });
  });

  it('is what the customer said last, more than what we said and what was said before that', () => {
    const earlier = earlierOf(
      'e quanto custa?',
      customer('tem certificado?'),
      agent('Sim, também no marketing.'),
      customer('e o excel?'),
      agent('Temos, com boleto.'),
    );

    const { excel = 0, bolet = 0, certific = 0, marketing = 0 } = weights(earlier);
    expect(excel).toBeGreaterThan(certific);
    expect(certific).toBeGreaterThan(bolet);
    expect(bolet).toBeGreaterThan(marketing);
    expect(marketing).toBeGreaterThan(0);
    expect(excel).toBeLessThanOrEqual(0.8);
  });

  it('reaches back two exchanges, and holds neither its own terms nor strange ones', () => {
    const earlier = earlierOf(
      'e quanto custa?',
      customer('estacionamento'),
      agent('Na rua.'),
      customer('marketing custa?'),
      agent('Custa.'),
      customer('bicicleta'),
    );

    expect(Object.keys(weights(earlier))).toEqual(['marketing']);
  });

  it('counts by itself only where the question points back', () => {
    const said = customer('curso de excel');

    expect(earlierOf('e quanto custa?', said).alone).toBe(true);
    expect(earlierOf('quanto custa esse?', said).alone).toBe(true);
    expect(earlierOf('quanto é?', said).alone).toBe(true);
    expect(earlierOf('quanto custa?', said)).toMatchObject({ alone: false });
    expect(earlierOf('quanto custa?', said).terms).not.toEqual([]);
  });

  it('takes at most 16 terms, however much was said', () => {
    const many = Array.from({ length: 40 }, (_, index) => `palavra${index}`);
    const crowded = new Vocabulary();
    crowded.add(many.map((word) => ({ word, term: word })));

    const { earlier } = readQuery(
      'e isso?',
      { stem: (word) => word, vocabulary: crowded, synonyms },
      [customer(many.join(' '))],
    );

    expect(earlier.terms).toHaveLength(16);
  });
});

describe('ranking by what was said before', () => {
  const talk = [customer('me fala do curso de fotografia'), agent('Claro, é pelo celular.')];

  it.each(['e quanto custa?', 'quanto custa?', 'quanto é?', 'e ele, quanto custa'])(
    'finds what "%s" is about',
    (question) => {
      expect(best(question, ...talk)).toBe(TEXTS[1]);
    },
  );

  it.each([
    ['e o estacionamento?', TEXTS[4]],
    ['quanto custa o excel?', TEXTS[0]],
    ['boleto', TEXTS[5]],
  ])('is not led away from what "%s" says itself', (question, text) => {
    expect(best(question, ...talk)).toBe(text);
  });
});

describe('a passage that holds what was said before', () => {
  const talk = [customer('tem estacionamento?')];

  function scoreOf(passage: number, query: Query): number {
    const found = read[passage];
    return found === undefined ? NaN : new Relevance(query, vocabulary).of(found);
  }

  it('fits a question that points back, even without a word of its own, and no other', () => {
    expect(scoreOf(4, queryOf('e quanto custa?', talk))).toBeGreaterThan(0);
    expect(scoreOf(4, queryOf('quanto custa?', talk))).toBe(0);
  });

  it('gains by it no more than as far as it fits a question that does not point back', () => {
    const said = [customer('excel')];
    const query = queryOf('quanto custa?', said);
    const pointing = { ...query, earlier: { ...query.earlier, alone: true } };
    const own = scoreOf(0, queryOf('quanto custa?', []));

    const gain = scoreOf(0, query) - own;

    expect(gain).toBeGreaterThan(0);
    expect(gain).toBeLessThan(scoreOf(0, pointing) - own);
  });
});

describe('an unclear query', () => {
  const talk = [customer('me fala do curso de fotografia')];

  it('is one that leans heavily on what was said', () => {
    expect(isElliptic(earlierOf('e quanto custa?', ...talk))).toBe(true);
    expect(isUnclear(queryOf('e quanto custa?', talk), 1)).toBe(true);
    expect(isUnclear(queryOf('e quanto custa?', []), 1)).toBe(false);
  });

  it('is one that finds nothing good, unless it looks for nothing', () => {
    expect(isUnclear(queryOf('bicicleta', []), 0)).toBe(true);
    expect(isUnclear(queryOf('bom dia', []), 0)).toBe(false);
    expect(isUnclear(queryOf('quanto custa o excel?', talk), 0.8)).toBe(false);
  });
});
