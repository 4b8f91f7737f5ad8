import { describe, expect, it } from '@jest/globals';

import { type Block, cutText, packBlocks } from '../../../../src/domain/knowledge/cutting.ts';

const paragraph = (letter: string, length: number): Block => ({
  text: letter.repeat(length),
  alone: false,
});

describe('packBlocks', () => {
  it('joins short neighbours', () => {
    const texts = [...packBlocks([paragraph('a', 10), paragraph('b', 10)])];

    expect(texts).toEqual(['aaaaaaaaaa\n\nbbbbbbbbbb']);
  });

  it('begins a new passage where there is enough', () => {
    const texts = [...packBlocks([paragraph('a', 600), paragraph('b', 10), paragraph('c', 10)])];

    expect(texts.map((text) => text[0])).toEqual(['a', 'b']);
  });

  it('begins a new passage where joining would make it too long', () => {
    const texts = [...packBlocks([paragraph('a', 500), paragraph('b', 499)])];

    expect(texts.map((text) => text.length)).toEqual([500, 499]);
  });

  it('keeps a question with its answer apart from its neighbours', () => {
    const pair = { text: 'P: Abre sábado?\nR: Sim.', alone: true };

    const texts = [...packBlocks([paragraph('a', 5), pair, pair, paragraph('b', 5)])];

    expect(texts).toEqual(['aaaaa', pair.text, pair.text, 'bbbbb']);
  });

  it.each(['Aceitamos:', 'Posso parcelar?'])('keeps "%s" with what follows', (lead) => {
    const texts = [
      ...packBlocks([paragraph('a', 600), { text: lead, alone: false }, paragraph('b', 620)]),
    ];

    expect(texts[1]?.startsWith(`${lead}\n\nbbb`)).toBe(true);
  });
});

describe('cutText', () => {
  it('leaves a text that is short enough', () => {
    expect([...cutText('Preço: R$ 10,00')]).toEqual(['Preço: R$ 10,00']);
  });

  it('prefers the end of a paragraph', () => {
    const text = `${'a'.repeat(650)}. B\n\n${'c'.repeat(200)}. D ${'e'.repeat(300)}`;

    expect([...cutText(text)][0]?.slice(-4)).toBe('a. B');
  });

  it('cuts a long list between its items', () => {
    const items = Array.from({ length: 60 }, (_, index) => `- item ${index} com preço`).join('\n');

    const pieces = [...cutText(items)];

    expect(pieces.map((piece) => piece.startsWith('- item'))).toEqual([true, true]);
  });

  it('cuts at the end of a sentence and never inside a price', () => {
    const sentence = 'O curso custa R$ 1.997,00 à vista e dá certificado. ';

    const pieces = [...cutText(sentence.repeat(50))];

    expect(pieces.every((piece) => piece.endsWith('certificado.'))).toBe(true);
    expect(pieces.every((piece) => piece.length <= 1000)).toBe(true);
  });

  it('cuts a run without spaces, but no emoji in two', () => {
    const pieces = [...cutText(`a${'😀'.repeat(800)}`)];

    expect(pieces.map((piece) => piece.length)).toEqual([999, 602]);
    expect(pieces.join('')).toBe(`a${'😀'.repeat(800)}`);
  });
});
