import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitReply } from '../../../src/domain/reply.ts';

const PIX_CODE =
  '00020126360014BR.GOV.BCB.PIX0114+55119999999995204000053039865802BR5913ESCOLA  TESTE6009SAO PAULO62070503***63041D3F';

describe('splitReply', () => {
  it('leaves a text that fits as one part', () => {
    const parts = splitReply(' oi \n');

    expect(parts).toEqual(['oi']);
  });

  it('makes no part of white space', () => {
    const parts = splitReply(' \n ');

    expect(parts).toEqual([]);
  });

  it('cuts at the end of a paragraph first', () => {
    const parts = splitReply('Um dois. Três.\n\nQuatro cinco.', 20);

    expect(parts).toEqual(['Um dois. Três.', 'Quatro cinco.']);
  });

  it('cuts at the end of a sentence next', () => {
    const parts = splitReply('Custa R$ 1.000. Tem desconto hoje? Sim', 20);

    expect(parts).toEqual(['Custa R$ 1.000.', 'Tem desconto hoje?', 'Sim']);
  });

  it('cuts between words last', () => {
    const parts = splitReply('um dois tres', 8);

    expect(parts).toEqual(['um dois', 'tres']);
  });

  it.each(['R$ ', 'R$\u00A0', 'R$\n', 'US$ ', '€ '])(
    'keeps an amount with the %j before it',
    (currency) => {
      const parts = splitReply(`pague ${currency}1.234,56 agora`, 15);

      expect(parts).toEqual(['pague', `${currency}1.234,56`, 'agora']);
    },
  );

  it('cuts a word that is longer than a part, but no character', () => {
    const parts = splitReply('aaa😀😀', 4);

    expect(parts).toEqual(['aaa', '😀😀']);
  });

  it('keeps an accent with its letter', () => {
    const parts = splitReply('abce\u0301f', 4);

    expect(parts).toEqual(['abc', 'e\u0301f']);
  });

  it('moves a link to the next part as a whole', () => {
    const parts = splitReply(`${'a'.repeat(30)} https://loja.com.br/curso/de/excel`, 40);

    expect(parts).toEqual(['a'.repeat(30), 'https://loja.com.br/curso/de/excel']);
  });

  it('moves a Pix code to the next part as a whole, spaces and all', () => {
    const parts = splitReply(`Pague com:${'.'.repeat(40)}${PIX_CODE}`, 130);

    expect(parts).toEqual([`Pague com:${'.'.repeat(40)}`, PIX_CODE]);
  });

  it.each(['*', '_', '~', '```'])('keeps together what stands between %s', (mark) => {
    const marked = `${mark}Um. Dois tres${mark}`;

    const parts = splitReply(`Oi tudo. ${marked} fim`, 24);

    expect(parts).toEqual(['Oi tudo.', `${marked} fim`]);
  });

  it('keeps a block of code together over its lines', () => {
    const parts = splitReply('Codigo aqui:\n```\nlinha um\n\nlinha dois\n```\nfim', 40);

    expect(parts).toEqual(['Codigo aqui:', '```\nlinha um\n\nlinha dois\n```\nfim']);
  });

  it('keeps together what just fills a part', () => {
    const parts = splitReply('Oi *um. dois tres* fim', 15);

    expect(parts).toEqual(['Oi', '*um. dois tres*', 'fim']);
  });

  it('cuts marked words that are longer than a part where it would cut others', () => {
    const parts = splitReply('*Um dois tres. Quatro cinco*', 20);

    expect(parts).toEqual(['*Um dois tres.', 'Quatro cinco*']);
  });

  it('takes marks that hold nothing together for words', () => {
    const parts = splitReply('Conta: 2 * 3 ok. E 4 * 5 tambem', 26);

    expect(parts).toEqual(['Conta: 2 * 3 ok.', 'E 4 * 5 tambem']);
  });

  it('leaves no part with half a pair of marks', () => {
    const piece = fc.constantFrom('palavra', 'Fim.', '*forte. Mesmo*', '_de lado_', '~fora~', '\n');

    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.integer({ min: 20, max: 80 }),
        (pieces, limit) => {
          const parts = splitReply(pieces.join(' '), limit);

          const unpaired = parts.filter((part) =>
            /^[^*]*\*[^*]*$|^[^_]*_[^_]*$|^[^~]*~[^~]*$/u.test(part),
          );
          expect(unpaired).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('drops nothing but white space, makes no part too long or empty, cuts no pair', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', '😀', ' ', '\n', '\n\n', '. ', '👨‍👩‍👧', 'palavra'),
      maxLength: 120,
    });

    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (written, limit) => {
        const parts = splitReply(written, limit);

        expect(parts.join('').replace(/\s/gu, '')).toBe(written.replace(/\s/gu, ''));
        expect(parts.every((part) => part.length > 0 && part.length <= limit)).toBe(true);
        expect(parts.some((part) => /\p{Surrogate}/u.test(part))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});
