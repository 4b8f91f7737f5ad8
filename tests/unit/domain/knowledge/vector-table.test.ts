import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type Passage } from '../../../../src/domain/knowledge/passage.ts';
import {
  embeddedText,
  normalised,
  VectorTable,
} from '../../../../src/domain/knowledge/vector-table.ts';
import { aPassage } from '../../../builders/a-passage.ts';

function nearest(table: VectorTable, vector: readonly number[], limit = 9): readonly Passage[] {
  const search = table.nearest(normalised(vector) ?? new Float32Array(), limit);
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
  }
}

describe('normalised', () => {
  it('keeps the direction, and makes the length 1', () => {
    expect([...(normalised([3, -4]) ?? [])]).toEqual([Math.fround(0.6), Math.fround(-0.8)]);
  });

  it.each([[[]], [[0, 0]], [[Number.NaN, 1]], [[Infinity, 1]], [[1e39, 1]]])(
    'finds no direction in %j',
    (values) => {
      expect(normalised(values)).toBeUndefined();
    },
  );
});

describe('embeddedText', () => {
  it('tells what a passage is about before its text', () => {
    const passage = aPassage({ title: 'Excel', section: '', text: 'R$ 297,00' });

    expect(embeddedText(passage)).toBe('Excel\nR$ 297,00');
  });
});

describe('VectorTable', () => {
  const passages = ['a', 'b', 'c'].map((id) => aPassage({ id }));
  const [a, b, c] = passages as [Passage, Passage, Passage];
  const unit = (...values: number[]): Float32Array => Float32Array.from(values);

  it('finds the passages in the order of their angles', () => {
    const table = new VectorTable(3);
    table.add(a, unit(1, 0));
    table.add(b, unit(0, 1));
    table.add(c, unit(0.6, 0.8));

    expect(nearest(table, [0.1, 1])).toEqual([b, c, a]);
    expect(nearest(table, [1, -0.1], 2)).toEqual([a, c]);
  });

  it('takes no vector of another size, and none beyond its room', () => {
    const table = new VectorTable(1);

    expect(table.add(a, unit(1, 0))).toBe(true);
    expect([table.add(b, unit(1, 0)), table.add(a, unit(1))]).toEqual([false, false]);
    expect([table.count, table.size, table.has(b)]).toEqual([1, 2, false]);
  });

  it('has one vector a passage, the last one given', () => {
    const table = new VectorTable(2);
    table.add(a, unit(1, 0));
    table.add(b, unit(0.6, 0.8));
    table.add(a, unit(0, 1));

    expect([...(table.vectorOf(a) ?? [])]).toEqual([0, 1]);
    expect(table.vectorOf(c)).toBeUndefined();
    expect(nearest(table, [0, 1])).toEqual([a, b]);
  });

  it('pauses in a long search, and comes to the same', () => {
    const count = 50;
    const size = 200_000;
    const table = new VectorTable(count);
    const many = Array.from({ length: count }, (_, id) => aPassage({ id: `${id}` }));
    for (const [at, passage] of many.entries()) {
      const vector = new Float32Array(size);
      vector[0] = Math.cos(at / 100);
      vector[1] = Math.sin(at / 100);
      table.add(passage, vector);
    }
    const vector = new Float32Array(size);
    vector[0] = 1;
    const search = table.nearest(vector, 3);
    let pauses = 0;
    let step = search.next();
    for (; step.done !== true; step = search.next()) pauses += 1;

    expect(pauses).toBe(2);
    expect(step.value).toEqual(many.slice(0, 3));
  });

  it('finds each passage first that is asked for by its own vector', () => {
    const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(vector, { minLength: 1, maxLength: 20 }), (vectors) => {
        const table = new VectorTable(vectors.length);
        for (const [id, values] of vectors.entries()) {
          const direction = normalised(values);
          if (direction === undefined) continue;
          const passage = aPassage({ id: `${id}` });
          table.add(passage, direction);
          const [first = passage] = nearest(table, values, 1);
          const own = table.vectorOf(first) ?? [];
          const cosine = direction.reduce((sum, value, at) => sum + value * (own[at] ?? 0), 0);
          expect(cosine).toBeCloseTo(1, 4);
        }
      }),
    );
  });
});
