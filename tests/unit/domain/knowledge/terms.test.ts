import { describe, expect, it } from '@jest/globals';
import { stemmer } from '@orama/stemmers/portuguese';
import fc from 'fast-check';

import { plainWords, queryWords, termsOf } from '../../../../src/domain/knowledge/terms.ts';

const asIs = (word: string): string => word;

describe('termsOf', () => {
  it.each([
    ['devolucoes', 'devolução'],
    ['DEVOLUÇÕES', 'devolucao'],
    ['inscricao', 'Inscrições'],
    ['cartoes', 'cartão'],
    ['orgaos', 'órgão'],
    ['frequencia', 'frequências'],
    ['disponiveis', 'disponível'],
    ['horario', 'horários'],
    ['preçoooo', 'preço'],
    ['cursos', 'curso'],
    ['pgto', 'pagamentos'],
    ['zap', 'WhatsApp'],
    ['R$ 1.997,00', '1997'],
    ['497', '497,00'],
  ])('brings %s and %s together', (typed, written) => {
    const terms = termsOf(typed, stemmer);

    expect(terms).not.toEqual([]);
    expect(terms).toEqual(termsOf(written, stemmer));
  });

  it.each([
    ['NF-450', ['nf', '450', 'nf450']],
    ['nf450', ['nf', '450', 'nf450']],
    ['NF 450', ['nf', '450']],
    ['19h30', ['19', '30', '19h30']],
    ['49,90', ['49', '90']],
    ['R$ 12.345.678,50', ['12345678']],
    ['de 1.997,00 por 997,00.', ['1997', '997']],
    ['custa 1.997.', ['custa', '1997']],
    ['banho,tosa', ['banho', 'tosa']],
    ['inscric\u0327a\u0303o', ['inscricao']],
    ['15/03/2027', ['15', '03', '2027']],
    ['e-mail', ['mail']],
    ['ajuda@escola.example', ['ajuda', 'escola', 'example']],
  ])('splits and joins %s', (text, terms) => {
    expect(termsOf(text, asIs)).toEqual(terms);
  });

  it.each([
    'Oi, bom dia! tudo bem?',
    'vc tb qto pq',
    'boa tarde gostaria de saber por favor',
    'kkkkk rsrs hahaha',
    'Olá, boa noite, obrigada',
    '?!… 😀',
    '',
  ])('finds nothing to search for in "%s"', (text) => {
    expect(termsOf(text, asIs)).toEqual([]);
  });

  it('keeps words of time that are not a greeting', () => {
    expect(termsOf('aula de noite ou de tarde', asIs)).toEqual(['aula', 'noite', 'tarde']);
  });

  it('reads a word alike however many others it has read before', () => {
    const stem = (word: string): string => word;
    const first = termsOf('inscrição nf-450', stem);

    for (let index = 0; index < 20_100; index += 1) termsOf(`palavra${index}`, stem);

    expect(termsOf('inscrição nf-450', stem)).toEqual(first);
    expect(termsOf('outra matrícula', stem)).toEqual(['outra', 'matricula']);
  });

  it('leaves out runs that nobody searches for', () => {
    expect(termsOf(`${'a1'.repeat(30)}-${'b'.repeat(41)}`, asIs)).not.toContain('b'.repeat(41));
  });

  it('yields only lower-case words and numbers, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const odd = termsOf(text, asIs).filter((term) => !/^[\p{L}\p{N}]+$/u.test(term));

        expect(odd).toEqual([]);
      }),
    );
  });
});

describe('queryWords', () => {
  it('names each term once', () => {
    expect(queryWords('curso preço pgto curso', asIs)).toEqual([
      { word: 'curso', term: 'curso' },
      { word: 'preco', term: 'preco' },
      { word: 'pagamento', term: 'pagamento' },
    ]);
  });

  it('looks up at most 64 terms of a huge query', () => {
    const query = Array.from({ length: 20_000 }, (_, index) => `p${index}`).join(' ');

    expect(queryWords(query, asIs)).toHaveLength(64);
  });
});

describe('plainWords', () => {
  it('keeps small words, without accents and signs', () => {
    expect(plainWords('Até às 18h, não é?')).toEqual(['ate', 'as', '18h', 'nao', 'e']);
  });
});
