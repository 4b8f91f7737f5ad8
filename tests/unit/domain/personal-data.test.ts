import { describe, expect, it } from '@jest/globals';

import { withoutPersonalData } from '../../../src/domain/personal-data.ts';

describe('withoutPersonalData', () => {
  it.each([
    ['Meu e-mail é ana.souza@loja.com.br, pode mandar?', 'Meu e-mail é [e-mail] pode mandar?'],
    ['Liga no (83) 98888-7777 hoje', 'Liga no [número] hoje'],
    ['Liga no +55 83 9 8888 7777', 'Liga no [número]'],
    ['CPF 123.456.789-09', 'CPF [número]'],
    ['veja https://perfil.example/ana?x=1 ok', 'veja [link] ok'],
    ['Oi, sou a Fulaninha, tem vaga?', 'Oi, sou a [nome], tem vaga?'],
    ['meu nome é fulaninha e quero vaga', 'meu nome é [nome] e quero vaga'],
    ['Me chamo Zulmira Prado Reis', 'Me chamo [nome]'],
    ['falei com a Zulmira ontem', 'falei com a [nome] ontem'],
    ['a Maria Aparecida me indicou', 'a [nome] me indicou'],
    ['joão pediu desconto', '[nome] pediu desconto'],
    ['Dona Zulmira mandou', 'Dona [nome] mandou'],
  ])('makes of "%s": "%s"', (text, masked) => {
    expect(withoutPersonalData(text)).toBe(masked);
  });

  it('hides how the profile is called', () => {
    expect(withoutPersonalData('Aqui Zenaide, da loja Prado', 'Zenaide Prado')).toBe(
      'Aqui [nome], da loja [nome]',
    );
  });

  it.each([
    'Vocês têm curso de Photoshop?',
    'Quanto custa em 12x de R$ 41,42?',
    'Entregam em Campina Grande no dia 24/10?',
    'Qual o seu horário?',
    'Tem a NF-450 por R$ 1.997,00?',
  ])('leaves "%s"', (text) => {
    expect(withoutPersonalData(text)).toBe(text);
  });

  it('stays quick over a long text', () => {
    const text = '1 '.repeat(30_000) + 'a@'.repeat(30_000) + 'sou a '.repeat(10_000);

    expect(withoutPersonalData(text).length).toBeGreaterThan(0);
  });
});
