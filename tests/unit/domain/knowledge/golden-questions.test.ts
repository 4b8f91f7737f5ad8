import { describe, expect, it } from '@jest/globals';

import {
  isQuestionsFile,
  readQuestions,
} from '../../../../src/domain/knowledge/golden-questions.ts';
import { noticeLine } from '../../../../src/domain/knowledge/owner-notice.ts';

function read(...lines: string[]): ReturnType<typeof readQuestions> {
  return readQuestions({ path: 'cursos.perguntas.txt', text: lines.join('\n') });
}

function mistakesOf(...lines: string[]): readonly string[] {
  return read(...lines).mistakes.map(noticeLine);
}

describe('readQuestions', () => {
  it('reads a question with what must and what must not be found, each with its line', () => {
    const { questions, mistakes } = read(
      '# preços',
      'P: Quanto custa o curso X?',
      'deve conter: R$ 1.997,00',
      'deve conter: 12x',
      'não deve conter: R$ 497',
    );

    expect(questions).toEqual([
      {
        file: 'cursos.perguntas.txt',
        line: 2,
        question: 'Quanto custa o curso X?',
        expectations: [
          { line: 3, text: 'R$ 1.997,00', isWanted: true },
          { line: 4, text: '12x', isWanted: true },
          { line: 5, text: 'R$ 497', isWanted: false },
        ],
      },
    ]);
    expect(mistakes).toEqual([]);
  });

  it.each([
    ['PERGUNTA 2: Tem vaga?', 'DEVE  CONTER : sim'],
    ['p:Tem vaga?', '- deve ter: sim'],
    ['- Pergunta: Tem vaga?', '  Deve conter: sim  '],
    ['Q: Tem vaga?', 'deve conter：sim'],
  ])('takes "%s" and "%s" as they are typed', (question, expectation) => {
    const { questions, mistakes } = read(question, '', expectation);

    expect(mistakes).toEqual([]);
    expect(questions).toMatchObject([
      { question: 'Tem vaga?', expectations: [{ text: 'sim', isWanted: true }] },
    ]);
  });

  it.each(['não deve conter: x', 'NAO DEVE CONTER: x', 'Não pode ter: x'])(
    'takes "%s" with or without accents',
    (line) => {
      expect(read('P: Tem?', line).questions).toMatchObject([
        { expectations: [{ text: 'x', isWanted: false }] },
      ]);
    },
  );

  it.each([
    [
      ['P: Tem?', 'deve conter R$ 10'],
      'linha 2: faltam os dois-pontos; escreva assim: "P: Quanto custa?" ou "deve conter: R$ 10,00"',
    ],
    [
      ['P: Tem?', 'R: Sim, temos.'],
      'linha 2: a resposta inteira não se escreve aqui; troque por "deve conter:" e o preço, a data ou as palavras que não podem faltar',
    ],
    [
      ['deve conter: sim'],
      'linha 1: não há pergunta acima desta linha; escreva antes dela uma linha "P:"',
    ],
    [
      ['P: Tem?', 'não deve conter:'],
      'linha 2: falta o texto depois de "não deve conter:"; complete a linha ou apague-a',
    ],
    [['P: ...'], 'linha 1: falta o texto depois de "P:"; complete a linha ou apague-a'],
    [
      ['P: Tem?', '', 'P: E hoje?', 'deve conter: sim'],
      'linha 1: a pergunta não diz o que conferir; escreva abaixo dela "deve conter:" ou "não deve conter:"',
    ],
    [
      ['P: Tem?', 'deve conter: sim', 'com certeza'],
      'linha 3: não entendi esta linha; ela deve começar com "P:", "deve conter:", "não deve conter:" ou "#" (comentário)',
    ],
  ])('says of %j where it is wrong and what to do', (lines, mistake) => {
    expect(mistakesOf(...lines)).toEqual([`cursos.perguntas.txt, ${mistake}`]);
  });

  it('says so where there is no question at all', () => {
    expect(mistakesOf('# nada', '')).toEqual([
      'cursos.perguntas.txt: não há nenhuma pergunta aqui; escreva uma linha "P:" e abaixo "deve conter:"',
    ]);
  });

  it('still checks the questions around a mistake', () => {
    const { questions, mistakes } = read(
      'P: Um?',
      'deve conter: 1',
      'oi',
      'P: Dois?',
      'deve conter: 2',
    );

    expect(questions.map(({ question }) => question)).toEqual(['Um?', 'Dois?']);
    expect(mistakes).toHaveLength(1);
  });

  it('stays quick over a long line', () => {
    const { mistakes } = read(`deve${' '.repeat(200_000)}x`, `${'- '.repeat(100_000)}P`);

    expect(mistakes).toHaveLength(2);
  });
});

describe('isQuestionsFile', () => {
  it.each([
    ['cursos.perguntas.txt', true],
    ['sub/Cursos.PERGUNTAS.TXT', true],
    // Windows hides the last ending, and its owner sees one.
    ['cursos.perguntas.txt.txt', true],
    ['perguntas.txt', false],
    ['cursos.perguntas.yaml', false],
    ['cursos.perguntas.txt.bak', false],
  ])('tells %s: %s', (path, is) => {
    expect(isQuestionsFile(path)).toBe(is);
  });
});
