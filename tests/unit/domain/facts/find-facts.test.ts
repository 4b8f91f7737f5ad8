import { describe, expect, it } from '@jest/globals';
import { findFacts } from '../../../../src/domain/facts/find-facts.ts';

const FRIDAY = { year: 2027, month: 3, day: 5 };

function factsOf(text: string): readonly string[] {
  return findFacts(text, FRIDAY).facts.map(({ kind, value, unit, year }) =>
    [kind, [value, unit, year].filter((part) => part !== undefined).join(' ')].join(' '),
  );
}

describe('findFacts', () => {
  it.each([
    ['R$ 1.997,00', ['money BRL:199700']],
    ['1997 reais', ['money BRL:199700']],
    ['mil novecentos e noventa e sete reais', ['money BRL:199700']],
    ['R$ 1,997.00', ['money BRL:199700']],
    ['R$ *497*', ['money BRL:49700']],
    ['R$ ４９７', ['money BRL:49700']],
    ['quarenta e nove reais e noventa centavos', ['money BRL:4990']],
    ['two hundred and fifty dollars', ['money USD:25000']],
    ['doscientos cincuenta euros', ['money EUR:25000']],
    ['12x de R$ 41,42', ['quantity 12 x', 'money BRL:4142', 'instalment 12x4142']],
    ['5% ou cinco por cento', ['percent 5', 'percent 5']],
    ['por apenas 1.997!', ['money BRL:199700 bare']],
    ['Preço do bolo: 62', ['money BRL:6200 bare']],
    [
      'R$1997,- ou RS 229,90 ou BRL 80.00',
      ['money BRL:199700', 'money BRL:22990', 'money BRL:8000'],
    ],
    ['2 mil e 1,5k', ['number 2000', 'number 1500']],
    ['mil e quinhentos e mil e cem', ['number 1500', 'number 1100']],
    [
      '12 x 41,42 e 3x96,67',
      [
        'quantity 12 x',
        'money BRL:4142 bare',
        'instalment 12x4142',
        'quantity 3 x',
        'money BRL:9667 bare',
        'instalment 3x9667',
      ],
    ],
    ['pela metade do preço', ['percent 50']],
  ])('reads amounts however they are written: %j', (text, facts) => {
    expect(factsOf(text)).toEqual(facts);
  });

  it.each([
    ['24 e 25 de outubro', ['date 10-24', 'date 10-25']],
    ['24/10 e 03/08/2027', ['date 10-24', 'date 08-03 2027']],
    ['5 de junho de 2027', ['date 06-05 2027']],
    ['October 24th, 2027', ['date 10-24 2027']],
    ['24 de octubre', ['date 10-24']],
    ['em maio', ['month 05']],
    ['24.10.2026, 24-10-2026', ['date 10-24 2026', 'date 10-24 2026']],
    ['dia 24', ['date 24 day']],
    ['dias 24 e 25/10', ['date 10-24', 'date 10-25']],
    ['dia vinte e quatro de outubro, Oct 24', ['date 10-24', 'date 10-24']],
    ['sexta que vem', ['weekday 5', 'date 03-12 relative 2027']],
    ['depois de amanhã', ['date 03-07 relative 2027']],
    ['segunda a quarta-feira', ['weekday 1', 'weekday 2', 'weekday 3']],
    ['das 9 às 18h', ['time 540 clock', 'time 1080 clock']],
    ['8:00–18:00', ['time 480 clock', 'time 1080 clock']],
    ['19h30, 19:30 e 7 da noite', ['time 1170', 'time 1170 clock', 'time 1140 clock']],
  ])('reads days and times: %j', (text, facts) => {
    expect(factsOf(text)).toEqual(facts);
  });

  it.each([
    ['40h', ['time 2400 span']],
    ['uma hora e meia, 1h30, 1 hora e 30 minutos', ['time 90', 'time 90', 'time 90']],
    ['6 meses, seis meses', ['quantity 6 mes', 'quantity 6 mes']],
    ['15 vagas', ['quantity 15 vaga']],
    ['*3*\nvagas', ['quantity 3 vaga']],
    ['dura 3h', ['time 180 span']],
    ['18 horas de aula', ['time 1080 span']],
    ['4,5 kg', ['quantity 4500 g']],
    ['1.246 passagens', ['number 1246']],
  ])('reads quantities: %j', (text, facts) => {
    expect(factsOf(text)).toEqual(facts);
  });

  it.each([
    ['(83) 98888-7777', ['digits 83988887777']],
    ['+55 83 98888-7777', ['digits 83988887777']],
    ['(11)987654321', ['digits 11987654321']],
    ['123.456.789-09', ['digits 12345678909']],
    ['12.345.678/0001-90', ['digits 12345678000190']],
    ['Pix@Loja.example.', ['email pix@loja.example']],
    ['https://www.Loja.example/Ab_c/.', ['link loja.example/Ab_c']],
    ['loja.com.br', ['link loja.com.br']],
    ['loja.exampel/pagar', ['link loja.exampel/pagar']],
    ['123e4567-e89b-12d3-a456-426614174000', ['pix_key 123e4567-e89b-12d3-a456-426614174000']],
    ['ah-300s', ['code AH300S']],
    ['NF450', ['code NF450']],
    ['_NF-450_ e _a@b.example_', ['code NF450', 'email a@b.example']],
  ])('reads what is one string whole: %j', (text, facts) => {
    expect(factsOf(text)).toEqual(facts);
  });

  it('checks the checksum of a Pix code', () => {
    // The static code of the Banco Central's BR Code manual.
    const code =
      '00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D';
    const validOf = (text: string): unknown => findFacts(text, FRIDAY).facts[0];

    expect(validOf(code)).toMatchObject({ kind: 'pix_code', value: code });
    expect(validOf(code)).not.toHaveProperty('valid');
    expect(validOf(code.replace('Fulano', 'Fulana'))).toMatchObject({ valid: false });
  });

  it.each([
    'Só 1 minuto!',
    'um momento, dois passos',
    '1️⃣ Excel\n2️⃣ Web',
    '1. Um\n12) Doze',
    'a segunda via e a quarta aula',
    'Olá.Bom dia',
    'atendemos 24/7',
    'são só 2 passos',
    'mil desculpas',
  ])('raises nothing for numbers that are no facts: %j', (text) => {
    expect(factsOf(text).filter((fact) => !fact.startsWith('weekday'))).toEqual([]);
  });

  it.each(['1', 'R$ 1', 'aa@', 'um e ', '24 e ', '1 de maio e ', 'segunda a ', '000201', 'a.'])(
    'takes time that grows with the length only: %j',
    (part) => {
      const timeOf = (length: number): number => {
        const text = part.repeat(Math.ceil(length / part.length));
        return Math.min(
          ...[1, 2, 3, 4].map(() => {
            const startedAt = performance.now();
            findFacts(text, FRIDAY);
            return performance.now() - startedAt;
          }),
        );
      };
      timeOf(20_000);

      // Ten times the length: a quadratic cost would be a hundred times as much.
      expect(timeOf(200_000)).toBeLessThan(40 * (timeOf(20_000) + 1));
    },
  );
});
