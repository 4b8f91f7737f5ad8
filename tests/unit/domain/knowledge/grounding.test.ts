import { describe, expect, it } from '@jest/globals';

import {
  chooseGrounding,
  fitsBudget,
  type MeasuredPassage,
  measurePassage,
} from '../../../../src/domain/knowledge/grounding.ts';
import { type Passage } from '../../../../src/domain/knowledge/passage.ts';
import { aPassage } from '../../../builders/a-passage.ts';

const ten = Array.from({ length: 10 }, (_, index) => aPassage({ id: `p${index}` }));

function measured(...passages: readonly Passage[]): ReadonlyMap<string, MeasuredPassage> {
  return new Map(passages.map((passage) => [passage.id, measurePassage(passage)]));
}

describe('measurePassage', () => {
  it('counts a passage with its document and section', () => {
    // As below, and a line feed: 99 bytes.
    expect(measurePassage(aPassage())).toEqual({ passage: aPassage(), tokens: 33 });
  });

  it('counts at least what passages cost together', () => {
    const tokens = ten.reduce((sum, passage) => sum + measurePassage(passage).tokens, 0);

    expect(fitsBudget(ten, tokens)).toBe(true);
  });
});

describe('fitsBudget', () => {
  it('counts the passages as they stand in the prompt', () => {
    // <document path="cursos/excel.txt" title="Curso de Excel">\n## Preço\nPreço: R$ 297,00\n</document>
    const passages = [aPassage()];

    expect([fitsBudget(passages, 33), fitsBudget(passages, 32)]).toEqual([true, false]);
  });

  it('looks at no passage behind the one that breaks the budget', () => {
    const looked: string[] = [];
    function* passages(): Generator<Passage> {
      for (const passage of ten) {
        looked.push(passage.id);
        yield passage;
      }
    }

    expect(fitsBudget(passages(), 30)).toBe(false);
    expect(looked).toEqual(['p0', 'p1']);
  });
});

describe('chooseGrounding', () => {
  it('gives the whole corpus in its own order with scores', () => {
    const scores = new Map([['p2', 1.5]]);

    const grounding = chooseGrounding(
      { passages: measured(...ten.slice(0, 3)), version: 'v', fits: true, scores },
      8000,
    );

    expect(grounding.passages.map(({ id, score }) => [id, score])).toEqual([
      ['p0', 0],
      ['p1', 0],
      ['p2', 1.5],
    ]);
    expect([grounding.whole, grounding.version]).toEqual([true, 'v']);
  });

  it('gives the best eight, best first, where the corpus does not fit', () => {
    const scores = new Map(
      ten.map(({ id }, index) => [id, 20 - index]).reverse() as [string, number][],
    );

    const grounding = chooseGrounding(
      { passages: measured(...ten), version: 'v', fits: false, scores },
      8000,
    );

    expect(grounding.whole).toBe(false);
    expect(grounding.passages.map(({ id }) => id)).toEqual([
      'p9',
      'p8',
      'p7',
      'p6',
      'p5',
      'p4',
      'p3',
      'p2',
    ]);
  });

  it('leaves out what would break the budget and takes the next that fits', () => {
    const long = aPassage({ id: 'long', text: 'a'.repeat(900) });
    const scores = new Map([
      ['long', 3],
      ['p0', 2],
      ['forgotten', 1],
    ]);

    const grounding = chooseGrounding(
      { passages: measured(long, ...ten), version: 'v', fits: false, scores },
      100,
    );

    expect(grounding.passages.map(({ id, score }) => [id, score])).toEqual([['p0', 2]]);
  });
});
