import { describe, expect, it } from '@jest/globals';

import {
  groupQuestions,
  isUnanswered,
} from '../../../../../src/domain/knowledge/health/unanswered.ts';

const ANSWERED = {
  question: 'Vocês entregam em casa?',
  scores: [0, 1.5],
  reply: 'Sim, entregamos!',
  withheld: false,
};

describe('isUnanswered', () => {
  it.each([
    ['nothing was found', { scores: [0, 0] }],
    ['no passage was shown', { scores: [] }],
    ['the reply was withheld', { withheld: true }],
    ['the reply says so', { reply: 'Poxa, não tenho essa informação. Ligue para a secretaria.' }],
    ['it says so otherwise', { reply: 'Não encontrei nos textos nenhuma informação sobre isso.' }],
    ['it cannot tell', { reply: 'Não sei te dizer, mas a equipe sabe.' }],
    ['one word was asked', { question: 'Entrega?', scores: [0] }],
  ])('holds where %s', (_, changes) => {
    expect(isUnanswered({ ...ANSWERED, ...changes })).toBe(true);
  });

  it.each([
    ['it was answered', {}],
    ['a greeting found nothing', { question: 'oi, bom dia, tudo bem?', scores: [0] }],
    ['a word was no question', { question: 'Perfeito!', scores: [0] }],
    ['something is said to be missing', { reply: 'Não temos desconto, o preço é R$ 10.' }],
  ])('does not hold where %s', (_, changes) => {
    expect(isUnanswered({ ...ANSWERED, ...changes })).toBe(false);
  });
});

describe('groupQuestions', () => {
  it('counts what was asked in the same words, most often first, in the newest words', () => {
    const asked = [
      { text: 'Tem estacionamento aí?' },
      { text: 'Vocês fazem entregas?' },
      { text: 'Oi! Vcs fazem entrega??' },
    ];

    expect(groupQuestions(asked)).toEqual([
      { question: 'Vocês fazem entregas?', count: 2 },
      { question: 'Tem estacionamento aí?', count: 1 },
    ]);
  });

  it('hides who asked, also where that is all that differs', () => {
    const asked = [
      { text: 'Sou a Zenaide, fazem entrega? 83 98888-7777', name: 'Zenaide' },
      { text: 'Sou o Waldemar, fazem entrega? 83 97777-6666', name: 'Waldemar' },
    ];

    expect(groupQuestions(asked)).toEqual([
      { question: 'Sou a [nome], fazem entrega? [número]', count: 2 },
    ]);
  });

  it('shows thirty questions, and the beginning of a long one', () => {
    const asked = Array.from({ length: 40 }, (_, index) => ({
      text: `assunto K${100 + index} ${'muito longo '.repeat(30)}`,
    }));

    const groups = groupQuestions(asked);

    expect(groups).toHaveLength(30);
    expect(groups[0]?.question.length).toBeLessThanOrEqual(161);
  });
});
