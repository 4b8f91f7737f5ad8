import { describe, expect, it } from '@jest/globals';
import { FactLock } from '../../../../src/domain/facts/fact-lock.ts';
import { passageSource, type Source } from '../../../../src/domain/facts/source.ts';
import { aPassage } from '../../../builders/a-passage.ts';

const TODAY = { year: 2027, month: 3, day: 5 };

const SHOP: readonly Source[] = [
  aPassage({ id: 'excel#1', text: 'Preço: R$ 297,00. No cartão: até 3x de R$ 99,00.' }),
  aPassage({
    id: 'excel#2',
    section: 'Datas',
    text: 'Início: 06/04/2027 (terça-feira). Aulas às terças e quintas-feiras, das 19h às 20h30: 30 horas.',
  }),
  aPassage({
    id: 'mkt#1',
    title: 'CURSO DE MARKETING DIGITAL',
    text: 'Preço: R$ 497,00, ou 5x de R$ 99,40. https://loja.example/mkt',
  }),
  aPassage({ id: 'contato#1', title: 'Contato', section: '', text: 'Ligue (00) 5555-0100.' }),
].map(passageSource);

function judge(reply: string, ...more: readonly Source[]): readonly (string | undefined)[] {
  const findings = new FactLock([...SHOP, ...more], TODAY).check(reply);
  return findings.map(({ source, offence }) => offence ?? source);
}

describe('FactLock, where one form may say several things', () => {
  const HOURS: Source = {
    id: 'horas',
    kind: 'knowledge',
    text: 'O curso tem 18 horas de aula. Atendemos das 9h às 20h. São 3 vagas. Plantão: 16h.',
  };

  it.each([
    ['O curso tem 20 horas de aula', 'not_found'],
    ['Atendemos às 18h', 'not_found'],
    ['O curso dura 9h', 'not_found'],
    ['Restam 2\nvagas', 'not_found'],
    ['Temos 7 pessoas na turma', 'not_found'],
    ['O curso dura 18h', 'horas'],
    ['Atendemos até as 20h', 'horas'],
    ['Temos *3*\nvagas', 'horas'],
    ['Plantão às 16h', 'horas'],
  ])('tells a time of day, a duration and a count apart: %j', (reply, verdict) => {
    expect(judge(reply, HOURS)).toEqual([verdict]);
  });

  const ASKS: Source = {
    id: 'customer',
    kind: 'customer',
    text: 'a festa é dia 24/10 ou dia 26? faz por mil e duzentos? ou oitenta? pago em bit.ly/3x com a chave 11 91234-0000?',
  };

  it.each([
    'A turma é dia 24/10',
    'A próxima data é 24 de outubro',
    'Começa no dia 26',
    'Faço por mil e duzentos',
    'Sai por oitenta',
    'Fica em oitenta reais',
    'Cuesta ochenta reales',
    'It costs eighty reais',
    'Pague em bit.ly/3x',
    'Pay at bit.ly/3x',
    'La clave es 11 91234-0000',
    'Pode mandar pra 11 91234-0000',
  ])('takes no customer’s word, in figures, words or another language: %j', (reply) => {
    const verdicts = judge(reply, ASKS);

    expect(verdicts.some((verdict) => /customers_word|not_found/u.test(verdict ?? ''))).toBe(true);
  });

  it.each([
    ['The Excel course is R$ 297.00 and starts on April 6', 0],
    ['El Excel cuesta R$ 297 y empieza el 6 de abril', 0],
    ['The Excel course is R$ 279.00', 1],
    ['El Marketing cuesta R$ 297', 1],
    ['El Excel empieza el 7 de abril', 1],
    ['Excel starts on April 7', 1],
    ['Marketing costs R$ 297', 1],
  ])('judges Spanish and English replies alike: %j', (reply, offences) => {
    const wrong = judge(reply).filter((verdict) => /not_found|other_item/u.test(verdict ?? ''));

    expect(wrong).toHaveLength(offences);
  });
});
