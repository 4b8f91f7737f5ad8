import { describe, expect, it } from '@jest/globals';

import { editDistance } from '../../../../src/domain/knowledge/edit-distance.ts';

describe('editDistance', () => {
  it.each([
    ['curso', 'curso', 0],
    ['cruso', 'curso', 1],
    ['cuso', 'curso', 1],
    ['curdso', 'curso', 1],
    ['vurso', 'curso', 1],
    ['matricual', 'matricula', 1],
    ['matrcual', 'matricula', 2],
    ['devolocao', 'devolucoes', undefined],
    ['ab', 'abcde', undefined],
    ['', 'ab', 2],
  ])('is, from %s to %s, %s', (one, other, distance) => {
    expect(editDistance(one, other, 2)).toBe(distance);
    expect(editDistance(other, one, 2)).toBe(distance);
  });
});
