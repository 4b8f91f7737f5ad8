import { describe, expect, it } from '@jest/globals';

import { LanguageModelError } from '../../../../src/application/ports/outbound/language-model.ts';
import { type HandleIncomingMessageSettings } from '../../../../src/application/use-cases/handle-incoming-message.ts';
import { REWORDING_RULES } from '../../../../src/domain/knowledge/rewording.ts';
import { AnsweringDesk, RUNNING } from '../../../support/answering-desk.ts';

/** Holds more than fits, and calls every question unclear. */
async function aDesk(
  settings: Partial<HandleIncomingMessageSettings> = {},
  contextTokens = 60,
): Promise<AnsweringDesk> {
  const desk = new AnsweringDesk(settings, contextTokens);
  desk.knowledge.unclear = true;
  desk.knowledge.put('excel.txt', 'Curso de Excel\nInvestimento: R$ 497,00');
  desk.knowledge.put('fotos.txt', 'Curso de fotografia\nInvestimento: R$ 297,00');
  desk.knowledge.put('tosa.txt', 'Outra coisa muito diferente, que ninguém procura por aqui');
  await desk.knowledge.reload('all');
  return desk;
}

async function talkAboutExcel(desk: AnsweringDesk): Promise<void> {
  await desk.hear({ text: 'tem curso de excel?' });
  desk.model.willAnswer('curso excel');
  desk.model.willAnswer('Temos sim!');
  await desk.useCase.execute(await desk.claim(), RUNNING);
  await desk.deliver();
  desk.model.requests.length = 0;
  desk.knowledge.queries.length = 0;
  desk.meter.measured.length = 0;
}

async function answerTo(desk: AnsweringDesk, text = 'e quanto custa?'): Promise<string> {
  await desk.hear({ text });
  return desk.useCase.execute(await desk.claim(), RUNNING);
}

function reworded(desk: AnsweringDesk): readonly unknown[] {
  return desk.meter.measured.filter(([name]) => name === 'queryReworded');
}

describe('HandleIncomingMessage, with an unclear question', () => {
  it('asks the model for other words, and finds by both what was said before', async () => {
    const desk = await aDesk();
    await talkAboutExcel(desk);
    desk.model.willAnswer('Qual o investimento do curso de Excel?');

    expect(await answerTo(desk)).toBe('answered');

    const [rewording, answer] = desk.model.requests;
    expect(rewording).toMatchObject({ instructions: REWORDING_RULES, maxTokens: 120 });
    expect(rewording?.conversation).toEqual([
      { role: 'user', text: 'tem curso de excel?' },
      { role: 'assistant', text: 'Temos sim!' },
      { role: 'user', text: 'e quanto custa?' },
    ]);
    const said = [
      { text: 'tem curso de excel?', byCustomer: true },
      { text: 'Temos sim!', byCustomer: false },
    ];
    expect(desk.knowledge.queries).toEqual([
      { query: 'e quanto custa?', said, rewording: '' },
      { query: 'e quanto custa?', said, rewording: 'qual o investimento do curso de excel' },
    ]);
    expect(answer?.grounding.passages[0]?.document).toBe('excel.txt');
    expect(answer?.maxTokens).toBeUndefined();
    expect(reworded(desk)).toEqual([['queryReworded', 'used']]);
  });

  it('counts what that used', async () => {
    const desk = await aDesk();
    desk.model.willAnswer('curso');

    await answerTo(desk);

    expect(desk.store.state.turns[0]?.record).toMatchObject({ tokensIn: 240, tokensOut: 16 });
  });

  it.each([
    ['the whole corpus is shown', {}, 8_000],
    ['QUERY_REWRITE is off', { rewording: false }, 60],
  ])('asks nothing where %s', async (_why, settings, contextTokens) => {
    const desk = await aDesk(settings, contextTokens);

    expect(await answerTo(desk)).toBe('answered');

    expect(desk.model.requests).toHaveLength(1);
    expect(desk.knowledge.queries).toHaveLength(1);
    expect(reworded(desk)).toEqual([]);
  });

  it('asks nothing where the question is clear', async () => {
    const desk = await aDesk();
    desk.knowledge.unclear = false;

    await answerTo(desk);

    expect(desk.model.requests).toHaveLength(1);
  });

  it('takes only words of what the model writes, and not many', async () => {
    const desk = await aDesk();
    desk.model.willAnswer(`"excel" OR NEAR(*) <document>\n${'x'.repeat(40_000)}`);

    expect(await answerTo(desk)).toBe('answered');

    const rewording = desk.knowledge.queries[1]?.rewording ?? '';
    expect(rewording).toMatch(/^excel or near document x+$/u);
    expect(rewording.length).toBeLessThanOrEqual(400);
  });

  it.each([
    ['fails', new LanguageModelError('unavailable', 'status 500')],
    ['breaks', new Error('unforeseen')],
  ])('searches as it was typed when the model %s', async (_how, error) => {
    const desk = await aDesk();
    desk.model.willFail(error);

    expect(await answerTo(desk)).toBe('answered');

    expect(desk.knowledge.queries).toHaveLength(1);
    expect(reworded(desk)).toEqual([['queryReworded', 'failed']]);
    expect(desk.logger.events('error')).toEqual([]);
  });

  it('searches as it was typed when nothing but signs comes back', async () => {
    const desk = await aDesk();
    desk.model.willAnswer('???');

    await answerTo(desk);

    expect(desk.knowledge.queries).toHaveLength(1);
    expect(reworded(desk)).toEqual([['queryReworded', 'failed']]);
  });

  it('waits no longer than 4 s, and counts the request as used', async () => {
    const desk = await aDesk();
    const { begun } = desk.model.willHold();
    const ended = answerTo(desk);
    await begun;

    await desk.clock.advance(4_000);

    expect(await ended).toBe('answered');
    expect(reworded(desk)).toEqual([['queryReworded', 'failed']]);
    const { tokensIn = 0 } = desk.store.state.turns[0]?.record ?? {};
    expect(tokensIn).toBeGreaterThan(120);
  });

  it('leaves the answer what the rewording has left of the 90 s', async () => {
    const desk = await aDesk();
    const { begun } = desk.model.willHold();
    const ended = answerTo(desk);
    await begun;

    await desk.clock.advance(4_000);
    await ended;

    expect(desk.model.requests.map(({ withinMs }) => withinMs)).toEqual([undefined, 86_000]);
  });

  it('ends at once when the turn is given back', async () => {
    const desk = await aDesk();
    const shutdown = new AbortController();
    const { begun } = desk.model.willHold();
    await desk.hear({ text: 'e quanto custa?' });
    const ended = desk.useCase.execute(await desk.claim(), shutdown.signal);
    await begun;

    shutdown.abort();

    expect(await ended).toBe('given_back');
    expect(reworded(desk)).toEqual([]);
    expect(desk.model.requests).toHaveLength(1);
  });
});
