import { describe, expect, it } from '@jest/globals';

import { chooseGrounding, fitsBudget } from '../../../../src/domain/knowledge/grounding.ts';
import { aPassage } from '../../../builders/a-passage.ts';

const ten = Array.from({ length: 10 }, (_, index) => aPassage({ id: `p${index}` }));

describe('fitsBudget', () => {
  it('counts the passages as they stand in the prompt', () => {
    // <document path="cursos/excel.txt" title="Curso de Excel">\n## Preço\nPreço: R$ 297,00\n</document>
    const passages = [aPassage()];

    expect([fitsBudget(passages, 33), fitsBudget(passages, 32)]).toEqual([true, false]);
  });
});

describe('chooseGrounding', () => {
  it('gives the whole corpus in its own order with scores', () => {
    const scores = new Map([['p2', 1.5]]);

    const grounding = chooseGrounding(
      { passages: ten.slice(0, 3), version: 'v', fits: true, scores },
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

    const grounding = chooseGrounding({ passages: ten, version: 'v', fits: false, scores }, 8000);

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
      { passages: [long, ...ten], version: 'v', fits: false, scores },
      100,
    );

    expect(grounding.passages.map(({ id, score }) => [id, score])).toEqual([['p0', 2]]);
  });
});
