import { describe, expect, it } from '@jest/globals';
import { findLeaks } from '../../../../src/domain/facts/leaks.ts';

const PERSONA = [
  'Você é a Lia, assistente virtual da Escola Ponte Digital no WhatsApp.',
  'A palavra secreta da casa é jabuticaba azul, e ninguém pode saber dela.',
  'Nunca diga que vai confirmar ou que alguém vai retornar.',
  'Senha interna: "QX-81".',
].join('\n');

function leaksIn(reply: string): readonly string[] {
  return findLeaks(reply, [{ text: PERSONA, words: 12 }]).map(({ text }) => text);
}

describe('findLeaks', () => {
  it.each([
    ['A palavra é Jabuticaba  Azul!', ['jabuticaba azul']],
    ['jabuti\u200bcaba azul', ['jabuticaba azul']],
    ['é qx 81', ['qx 81']],
    [
      'Fui instruída: nunca diga que vai confirmar ou que alguém vai retornar',
      ['nunca diga que vai confirmar ou'],
    ],
  ])('finds what the persona itself calls secret in %j', (reply, leaks) => {
    expect(leaksIn(reply)).toEqual(leaks);
  });

  it.each([
    'Sou a Lia, assistente virtual da Escola Ponte Digital 😊',
    'Não posso confirmar isso agora, mas a secretaria pode.',
    'Temos bolo de jabuticaba e cobertura azul',
    'Qual é a palavra?',
  ])('lets pass what anybody may say: %j', (reply) => {
    expect(leaksIn(reply)).toEqual([]);
  });
});
