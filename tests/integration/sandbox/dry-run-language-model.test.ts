import { describe, expect, it } from '@jest/globals';
import { DryRunLanguageModel } from '../../../src/adapters/outbound/sandbox/dry-run-language-model.ts';
import { type ScoredPassage } from '../../../src/domain/knowledge/passage.ts';
import { aModelRequest } from '../../builders/a-model-request.ts';
import { languageModelContract } from '../../contracts/language-model-contract.ts';

const NEVER = new AbortController().signal;

languageModelContract('DryRunLanguageModel', () =>
  Promise.resolve({ model: new DryRunLanguageModel(), close: () => Promise.resolve() }),
);

function aPassage(overrides: Partial<ScoredPassage>): ScoredPassage {
  return {
    id: 'a.txt#1',
    document: 'a.txt',
    title: 'Excel',
    section: 'Preço',
    text: 'R$ 497',
    score: 1,
    ...overrides,
  };
}

async function answerFrom(...passages: readonly ScoredPassage[]): Promise<string> {
  const grounding = { passages, whole: false, version: 'v1' };
  const { text } = await new DryRunLanguageModel().answer(aModelRequest({ grounding }), NEVER);
  return text;
}

describe('DryRunLanguageModel', () => {
  it('says that it is a test, and answers with the best passage', async () => {
    const text = await answerFrom(
      aPassage({ title: 'Word', text: 'R$ 300', score: 1 }),
      aPassage({ score: 4 }),
    );

    expect(text).toBe(
      '🧪 Resposta de teste, sem IA (AI_DRY_RUN=1).\n\nNos arquivos de conhecimento encontrei:\n\n**Excel – Preço**\nR$ 497',
    );
  });

  it('shows passages that fit alike, the better ones first', async () => {
    const text = await answerFrom(
      aPassage({ title: 'Word', section: '', text: 'R$ 300', score: 3.4 }),
      aPassage({ score: 4 }),
      aPassage({ title: 'Pintura', score: 3.3 }),
    );

    expect(text.indexOf('**Excel – Preço**')).toBeLessThan(text.indexOf('**Word**\nR$ 300'));
    expect(text).not.toContain('Pintura');
  });

  it('shows at most five', async () => {
    const passages = Array.from({ length: 7 }, (_, index) => aPassage({ title: `Curso ${index}` }));

    const text = await answerFrom(...passages);

    expect(text.match(/\*\*Curso \d/gu)).toEqual([0, 1, 2, 3, 4].map((n) => `**Curso ${n}`));
  });

  it('begins no further passage once the reply is long', async () => {
    const passages = Array.from({ length: 5 }, () => aPassage({ text: 'palavra '.repeat(75) }));

    const text = await answerFrom(...passages);

    expect(text.match(/\*\*Excel/gu)).toHaveLength(2);
  });

  it.each([
    [
      { title: 'CURSO DE CANTO', section: 'PREÇO (À VISTA)' },
      '**Curso de canto – Preço (à vista)**',
    ],
    [{ title: 'Excel: do zero', section: 'Datas' }, '**Excel: do zero – Datas**'],
    [{ title: '2ª TURMA', section: '' }, '**2ª turma**'],
    [{ title: 'PIX', section: 'PIX' }, '**Pix**'],
  ])('makes a heading of %j', async (names, heading) => {
    expect(await answerFrom(aPassage(names))).toContain(`\n${heading}\n`);
  });

  it('says that it has found nothing where nothing fits', async () => {
    const text = await answerFrom(aPassage({ score: 0 }));

    expect(text).toContain('Não encontrei nada sobre isso');
    expect(text).not.toContain('R$ 497');
  });

  it('cuts a long passage between lines, so that no price is cut', async () => {
    const line = `Curso de informática avançada: R$ 1.497,00${'.'.repeat(57)}`;

    const text = await answerFrom(aPassage({ text: Array(8).fill(line).join('\n') }));

    expect(text.endsWith(`${line}\n…`)).toBe(true);
    expect(text.match(/R\$ 1\.497,00/gu)).toHaveLength(6);
  });

  it.each([
    ['a long line between words', 'palavra '.repeat(100), 'palavra\n…'],
    ['a line without a space before a pair', `${'a'.repeat(599)}😀b`, 'a\n…'],
  ])('cuts %s', async (_name, long, end) => {
    const text = await answerFrom(aPassage({ text: long }));

    expect(text.endsWith(end)).toBe(true);
    expect(text.length).toBeLessThan(750);
  });

  it('costs nothing', async () => {
    const answer = await new DryRunLanguageModel().answer(aModelRequest(), NEVER);

    expect(answer).toMatchObject({
      model: 'dry-run',
      tokensIn: 0,
      tokensCached: 0,
      tokensOut: 0,
    });
  });
});
