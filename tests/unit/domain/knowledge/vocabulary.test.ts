import { beforeEach, describe, expect, it } from '@jest/globals';
import { stemmer } from '@orama/stemmers/portuguese';

import { readWords } from '../../../../src/domain/knowledge/terms.ts';
import { Vocabulary } from '../../../../src/domain/knowledge/vocabulary.ts';

describe('Vocabulary', () => {
  let vocabulary: Vocabulary;

  beforeEach(() => {
    vocabulary = new Vocabulary();
    for (const text of ['banho e tosa', 'tosa na tesoura', 'matrícula no curso']) add(text);
  });

  function add(text: string): void {
    vocabulary.add(readWords(text, stemmer));
  }

  function spelled(typed: string): readonly string[] {
    return vocabulary.spellings(typed).map(({ word }) => word);
  }

  it('finds a word that fewer passages hold more telling', () => {
    expect(vocabulary.rarity(stemmer('banho'))).toBeGreaterThan(vocabulary.rarity(stemmer('tosa')));
    expect(vocabulary.rarity('nada')).toBe(0);
  });

  it('counts in how many passages a term stands, however often in each', () => {
    add('tosa e mais tosa');

    expect([vocabulary.frequency('tos'), vocabulary.frequency('nada')]).toEqual([3, 0]);
    vocabulary.remove(readWords('tosa e mais tosa', stemmer));
    expect(vocabulary.frequency('tos')).toBe(2);
  });

  it('finds a word of a single passage the most telling', () => {
    expect(vocabulary.greatestRarity).toBe(vocabulary.rarity(stemmer('banho')));
  });

  it.each([
    ['matricual', ['matricula']],
    ['bano', ['banho']],
    ['tsoa', ['tosa']],
    ['tos', []],
    ['b4nho', []],
    ['xyzxyz', []],
  ])('takes %s for %j', (typed, words) => {
    expect(spelled(typed)).toEqual(words);
  });

  it('takes the frequent word for the likelier one, and weighs the others less', () => {
    for (const text of ['carta', 'carta', 'carta', 'carga']) add(text);

    const [first, second] = vocabulary.spellings('carba');

    expect([first?.word, first?.weight]).toEqual(['carta', 1]);
    expect(second?.word).toBe('carga');
    expect(second?.weight).toBeLessThan(0.9);
  });

  it('forgives two mistakes in a long word only', () => {
    expect(spelled('matrcual')).toEqual(['matricula']);
    expect(spelled('baohn')).toEqual([]);
  });

  it('knows what ends a little differently', () => {
    for (const text of ['eletricista', 'eletricidade', 'elefante']) add(text);

    expect(vocabulary.variants('eletric')).toEqual(expect.arrayContaining(['eletr']));
    expect(vocabulary.variants('elef')).toEqual([]);
  });

  it('forgets what it is told to, and only that', () => {
    vocabulary.remove(readWords('banho e tosa', stemmer));

    expect([vocabulary.has('banh'), vocabulary.has('tos')]).toEqual([false, true]);
    expect([spelled('banoh'), spelled('tsoa')]).toEqual([[], ['tosa']]);
    expect([vocabulary.passages, vocabulary.meanLength]).toEqual([2, 2]);
  });

  it('keeps how rare a term is, and nothing of its spelling, once simplified', () => {
    const before = vocabulary.rarity('banh');

    vocabulary.simplify();
    add('banho');

    expect([spelled('banoh'), vocabulary.isSimplified]).toEqual([[], true]);
    expect(vocabulary.has('banh')).toBe(true);
    expect(vocabulary.rarity('banh')).toBeLessThan(before);
  });

  it('is as it was after passages came and went', () => {
    const words = readWords('carteira de vacinação', stemmer);

    vocabulary.add(words);
    vocabulary.remove(words);

    const fresh = new Vocabulary();
    for (const text of ['banho e tosa', 'tosa na tesoura', 'matrícula no curso']) {
      fresh.add(readWords(text, stemmer));
    }
    expect(vocabulary.rarity('tos')).toBe(fresh.rarity('tos'));
    expect([spelled('carteria'), vocabulary.variants('vacina')]).toEqual([[], []]);
  });
});
