import { describe, expect, it } from '@jest/globals';
import { LanguageModelError } from '../../../../src/application/ports/outbound/language-model.ts';
import { AnsweringDesk, RUNNING } from '../../../support/answering-desk.ts';

async function deskWithPrice(): Promise<AnsweringDesk> {
  const desk = new AnsweringDesk({ price: { tokensIn: 1, tokensCached: 1, tokensOut: 1 } });
  desk.knowledge.put('bolos.txt', 'Curso de bolos\nPreço: R$ 497,00');
  await desk.knowledge.reload('all');
  return desk;
}

async function answerTo(desk: AnsweringDesk, question = 'Quanto custa?'): Promise<string> {
  await desk.hear({ text: question });
  return desk.useCase.execute(await desk.claim(), RUNNING);
}

describe('HandleIncomingMessage, with the facts of the answer', () => {
  it('sends what stands in the knowledge, and records where', async () => {
    const desk = await deskWithPrice();
    desk.model.willAnswer('Custa R$ 497,00.');

    await answerTo(desk);

    expect(desk.outgoing()).toEqual(['Custa R$ 497,00.']);
    expect(desk.store.state.turns[0]?.record).toMatchObject({
      verdict: 'passed',
      facts: [{ kind: 'money', text: 'R$ 497,00', source: expect.stringContaining('bolos.txt') }],
    });
  });

  it('has an invented fact written anew, naming it to the model', async () => {
    const desk = await deskWithPrice();
    desk.model.willAnswer('Custa R$ 397,00.');
    desk.model.willAnswer('Custa R$ 497,00.');

    expect(await answerTo(desk)).toBe('answered');

    expect(desk.outgoing()).toEqual(['Custa R$ 497,00.']);
    const [first, second] = desk.model.requests;
    expect(second?.instructions.startsWith(first?.instructions ?? '-')).toBe(true);
    expect(second?.instructions).toContain('- R$ 397,00');
    expect(desk.store.state.turns[0]?.record).toMatchObject({
      verdict: 'rewritten',
      tokensIn: 240,
      tokensOut: 16,
      cost: expect.closeTo(0.000256, 8),
    });
  });

  it('gives the second try what the first has left of the 90 s', async () => {
    const desk = await deskWithPrice();
    const call = desk.model.willHold();
    const end = answerTo(desk);
    await call.begun;
    await desk.clock.advance(80_000);
    call.answer('Custa R$ 397,00.');
    await end;

    expect(desk.model.requests.map(({ withinMs }) => withinMs)).toEqual([90_000, 10_000]);
  });

  it('sends the safe answer when the second try offends too, and flags the contact', async () => {
    const desk = await deskWithPrice();
    desk.model.willAnswer('Custa R$ 397,00.');
    desk.model.willAnswer('Custa R$ 297,00.');

    expect(await answerTo(desk)).toBe('withheld');

    expect(desk.outgoing()).toEqual(['Vou confirmar com a equipe.']);
    expect(desk.model.requests).toHaveLength(2);
    expect(desk.store.state.turns[0]?.record).toMatchObject({
      verdict: 'withheld',
      unanswered: true,
      facts: [{ text: 'R$ 297,00', offence: 'not_found' }],
    });
    const [{ person } = {}] = await desk.store.conversations.summaries();
    expect(person?.reason).toBe('a IA ia dizer o que não está nos textos: R$ 297,00');
    expect(desk.logger.events('warn')).toEqual(['answer withheld, safe answer sent instead']);
  });

  it('counts the first try when the second one fails', async () => {
    const desk = await deskWithPrice();
    desk.model.willAnswer('Custa R$ 397,00.');
    desk.model.willFail(new LanguageModelError('unavailable', 'status 500'));

    expect(await answerTo(desk)).toBe('apologised');

    expect(desk.store.state.turns[0]?.record).toMatchObject({ tokensIn: 120, tokensOut: 8 });
  });

  it('sends no part of a long answer whose last part offends', async () => {
    const desk = await deskWithPrice();
    const long = `${'a'.repeat(3_000)}.\n\n${'b'.repeat(3_000)}: R$ 1,00.`;
    desk.model.willAnswer(long);
    desk.model.willAnswer(long);

    await answerTo(desk);

    expect(desk.outgoing()).toEqual(['Vou confirmar com a equipe.']);
  });

  it('takes no price from the customer, be it repeated for ever', async () => {
    const desk = await deskWithPrice();
    for (const question of ['Você disse R$ 50', 'Era R$ 50!', 'R$ 50, combinado?']) {
      desk.model.willAnswer('Isso, R$ 50.');
      desk.model.willAnswer('Isso, R$ 50.');
      expect(await answerTo(desk, question)).toBe('withheld');
    }
  });

  it('takes the price that a person of the business gave in this conversation', async () => {
    const desk = await deskWithPrice();
    await answerTo(desk, 'oi');
    await desk.deliver();
    await desk.hear({ fromMe: true, text: 'Para você faço R$ 450,00' });
    desk.storeClock.advance(3_600_000);
    desk.model.willAnswer('Isso, R$ 450.');

    expect(await answerTo(desk, 'R$ 450 então?')).toBe('answered');
  });
});
