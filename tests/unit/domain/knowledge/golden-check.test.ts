import { describe, expect, it } from '@jest/globals';

import {
  examine,
  type ExaminedSource,
  passageSource,
} from '../../../../src/domain/facts/source.ts';
import { checkQuestion } from '../../../../src/domain/knowledge/golden-check.ts';
import { readQuestions } from '../../../../src/domain/knowledge/golden-questions.ts';
import { noticeLine } from '../../../../src/domain/knowledge/owner-notice.ts';
import { type Passage } from '../../../../src/domain/knowledge/passage.ts';
import { splitDocument } from '../../../../src/domain/knowledge/splitting.ts';

const TODAY = { year: 2026, month: 11, day: 25 };

const EXCEL = `# Curso de Excel

## Preço
Preço: R$ 1.997,00
No cartão: até 12x de R$ 166,42, sem juros.

## Datas
Início: 24/10/2026, das 19h às 20h30.
`;
const FOTO = `# Curso de Fotografia

## Preço
Preço: R$ 497,00
`;
const CONTATO = `# Contato

Telefone: (83) 5555-0100
Atendemos de segunda a sexta-feira.
`;

const FILES: Readonly<Record<string, string>> = {
  'excel.txt': EXCEL,
  'foto.txt': FOTO,
  'contato.txt': CONTATO,
};

function examined(passage: Passage): ExaminedSource {
  return examine(passageSource(passage), TODAY);
}

/** What a question with these expectations comes to; files called `rest` are given, and not found. */
function check(
  question: string,
  expectations: readonly string[],
  files: Readonly<Record<string, string>> = FILES,
): readonly string[] {
  const text = [`P: ${question}`, ...expectations].join('\n');
  const { questions } = readQuestions({ path: 'a.perguntas.txt', text });
  const passages = Object.entries(files).flatMap(([path, each]) => [...splitDocument(path, each)]);
  const best = passages.filter(({ document }) => !document.startsWith('rest'));
  const textOf = (document: string): string | undefined => files[document];
  return questions
    .flatMap((each) =>
      checkQuestion(each, { best, rest: passages, examined, today: TODAY, textOf }),
    )
    .map(noticeLine);
}

describe('checkQuestion', () => {
  it.each([
    'R$ 1.997,00',
    'R$1997',
    '1997 reais',
    'mil novecentos e noventa e sete reais',
    '12x R$ 166,42',
    '12 vezes de 166,42 reais sem juros',
    '24 de outubro de 2026',
    '24/10',
    '19h',
    '19:00 às 20:30',
    'SEM JUROS',
    'Início',
    'inicio',
  ])('finds "%s", however it is written', (wanted) => {
    expect(check('Quanto custa o curso de Excel?', [`deve conter: ${wanted}`])).toEqual([]);
  });

  it('says what stands there instead, and where', () => {
    expect(check('Quanto custa o curso de Excel?', ['deve conter: R$ 1.799,00'])).toEqual([
      'a.perguntas.txt, linha 2: a pergunta "Quanto custa o curso de Excel?" devia encontrar "R$ 1.799,00" e não encontrou; o que aparece é R$ 1.997,00 (excel.txt, linha 4), R$ 166,42 (excel.txt, linha 5)',
    ]);
  });

  it("does not take another item's price for an answer", () => {
    expect(check('Quanto custa o curso de Excel?', ['deve conter: R$ 497,00'])).toEqual([
      'a.perguntas.txt, linha 2: a pergunta "Quanto custa o curso de Excel?" devia encontrar "R$ 497,00" e não encontrou; isso só aparece para outro item (foto.txt, linha 4)',
    ]);
  });

  it("does not mind another item's price where it must not be", () => {
    expect(check('Quanto custa o curso de Excel?', ['não deve conter: 497 reais'])).toEqual([]);
  });

  it('finds what must not be there, with file and line', () => {
    const files = { ...FILES, 'promo.txt': 'Curso de Excel em promoção: 497 reais.' };

    expect(check('Quanto custa o curso de Excel?', ['não deve conter: R$ 497,00'], files)).toEqual([
      'a.perguntas.txt, linha 2: a pergunta "Quanto custa o curso de Excel?" encontrou "R$ 497,00", que não pode aparecer (promo.txt, linha 1); corrija esse arquivo',
    ]);
  });

  it('finds what the model is given besides, where it belongs to the item named', () => {
    const files = { ...FILES, 'rest.txt': 'Promoção de Natal\n\nCurso de Excel por R$ 997,00.' };

    expect(
      check('Quanto custa o curso de Excel?', ['não deve conter: R$ 997'], files),
    ).toHaveLength(1);
    expect(check('Quanto custa a fotografia?', ['não deve conter: R$ 997'], files)).toEqual([]);
  });

  it('does not look for the rest where the question names no item, or for what is no item’s', () => {
    const files = { ...FILES, 'rest.txt': 'Frete: R$ 12,00. Aceitamos boleto.' };
    const expectations = ['não deve conter: boleto', 'não deve conter: R$ 12,00'];

    expect(check('Aceitam boleto?', expectations, files)).toEqual([]);
    expect(check('O curso de Excel aceita boleto?', expectations, files)).toEqual([]);
  });

  it('looks at everything where the question names no item', () => {
    expect(check('Quais os preços?', ['deve conter: R$ 497', 'deve conter: R$ 1997'])).toEqual([]);
  });

  it("takes what belongs to no item for every item's", () => {
    expect(check('O curso de Excel tem telefone?', ['deve conter: 5555-0100'])).toEqual([]);
  });

  it.each(['com juros', 'juro', 'R$ 166', '12x sem juros', '19h às 21h', '24/10/2027'])(
    'does not find "%s"',
    (wanted) => {
      expect(check('Quanto custa o curso de Excel?', [`deve conter: ${wanted}`])).toHaveLength(1);
    },
  );

  it('names the nearest text where it has nothing of that kind', () => {
    expect(check('Curso de Excel?', ['deve conter: certificado'])).toEqual([
      'a.perguntas.txt, linha 2: a pergunta "Curso de Excel?" devia encontrar "certificado" e não encontrou; o texto mais próximo é excel.txt, linha 4',
    ]);
  });

  it('says that nothing speaks of it where no passage was found', () => {
    expect(check('Tem estacionamento?', ['deve conter: sim', 'não deve conter: não'], {})).toEqual([
      'a.perguntas.txt, linha 2: a pergunta "Tem estacionamento?" devia encontrar "sim" e não encontrou; nenhum texto fala disso; escreva a resposta num arquivo',
    ]);
  });
});
