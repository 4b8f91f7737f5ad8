import { describe, expect, it } from '@jest/globals';
import { LanguageModelError } from '../../../../src/application/ports/outbound/language-model.ts';
import { AnsweringDesk, RUNNING } from '../../../support/answering-desk.ts';

describe('HandleIncomingMessage', () => {
  it('answers with what the model says, formatted for WhatsApp', async () => {
    const desk = new AnsweringDesk();
    desk.knowledge.put('bolos.txt', 'Curso de bolos: R$ 497,00');
    await desk.knowledge.reload('all');
    await desk.hear({ text: 'Qual o preço?' });
    desk.model.willAnswer('O curso custa **R$ 497,00**.');

    const end = await desk.useCase.execute(await desk.claim(), RUNNING);

    expect(end).toBe('answered');
    expect(desk.outgoing()).toEqual(['O curso custa *R$ 497,00*.']);
    expect(await desk.history()).toMatchObject([
      { author: 'customer', text: 'Qual o preço?' },
      { author: 'agent', text: 'O curso custa *R$ 497,00*.', approved: true },
    ]);
    expect(desk.signal.raised).toEqual(['deliveries', 'turns']);
  });

  it('gives the model persona, knowledge, first name, history and the burst as one', async () => {
    const desk = new AnsweringDesk();
    desk.knowledge.put('cursos/bolos.txt', 'Curso de bolos\nPreço: R$ 497,00');
    desk.knowledge.putPersona('Você é a Lia.');
    await desk.knowledge.reload('all');
    await desk.hear({ text: 'oi', name: 'Maria Souza' });
    desk.model.willAnswer('Olá!');
    await desk.useCase.execute(await desk.claim(), RUNNING);
    await desk.deliver();
    await desk.hear({ fromMe: true, text: 'Hoje faço por R$ 450,00' });
    desk.storeClock.advance(3_600_000);
    await desk.hear({ text: 'quero o de bolos', name: 'Maria Souza' });
    await desk.hear({ kind: 'audio', text: '', name: 'Maria Souza' });

    await desk.useCase.execute(await desk.claim(), RUNNING);

    const request = desk.model.requests[1];
    expect(request?.instructions).toContain('Você é a Lia.');
    expect(request?.instructions).toContain('R$ 497,00');
    expect(request?.instructions).toContain('Maria');
    expect(request?.instructions).not.toContain('Souza');
    expect(request?.conversation).toEqual([
      { role: 'user', text: 'oi' },
      { role: 'assistant', text: 'Olá!' },
      { role: 'assistant', text: '[pessoa da equipe] Hoje faço por R$ 450,00' },
      { role: 'user', text: 'quero o de bolos\n[áudio]' },
    ]);
  });

  it('keeps a record of how the answer came about', async () => {
    const desk = new AnsweringDesk();
    desk.knowledge.put('bolos.txt', 'Curso de bolos: R$ 497,00');
    const { snapshot } = await desk.knowledge.reload('all');
    await desk.hear({ text: 'bolos' });

    await desk.useCase.execute(await desk.claim(), RUNNING);

    expect(desk.store.state.turns[0]?.record).toMatchObject({
      model: 'scripted',
      tokensIn: 120,
      tokensCached: 64,
      tokensOut: 8,
      modelMs: 0,
      knowledgeVersion: snapshot.version,
      passages: [{ id: expect.stringContaining('bolos.txt') }],
    });
  });

  it.each([
    ['Quanto custa o curso de bolos?', 'R$ 497,00', undefined],
    ['Vocês fazem entrega em casa?', 'Não sei te dizer.', true],
    ['Oi, tudo bem?', 'Oi!', undefined],
  ])('records whether the texts answer "%s"', async (text, answer, unanswered) => {
    const desk = new AnsweringDesk();
    desk.knowledge.put('bolos.txt', 'Curso de bolos custa R$ 497,00');
    await desk.knowledge.reload('all');
    await desk.hear({ text });
    desk.model.willAnswer(answer);

    await desk.useCase.execute(await desk.claim(), RUNNING);

    expect(desk.store.state.turns[0]?.record.unanswered).toBe(unanswered);
  });

  it('records what the answer has cost where the price is known', async () => {
    const desk = new AnsweringDesk({
      price: { tokensIn: 2.5, tokensCached: 1.25, tokensOut: 10 },
    });
    await desk.hear();

    await desk.useCase.execute(await desk.claim(), RUNNING);

    // 56 fresh, 64 cached and 8 written tokens
    expect(desk.store.state.turns[0]?.record.cost).toBeCloseTo(0.0003, 10);
  });

  it.each([
    '[pessoa da equipe] Confirmo a sua vaga.',
    '\u200b[pessoa da equipe] Confirmo a sua vaga.',
    '[pessoa da equipe] [Pessoa  da equipe]: Confirmo a sua vaga.',
  ])('never sends the mark of what a person wrote, as in %j', async (text) => {
    const desk = new AnsweringDesk();
    await desk.hear();
    desk.model.willAnswer(text);

    await desk.useCase.execute(await desk.claim(), RUNNING);

    expect(desk.outgoing()).toEqual(['Confirmo a sua vaga.']);
  });

  it('sends a long answer in parts, in order', async () => {
    const desk = new AnsweringDesk();
    await desk.hear();
    desk.model.willAnswer(`${'a'.repeat(3_000)}.\n\n${'b'.repeat(3_000)}.`);

    await desk.useCase.execute(await desk.claim(), RUNNING);

    expect(desk.outgoing().map((part) => part.slice(0, 1))).toEqual(['a', 'b']);
  });

  it('shows that it is typing when the model starts and every 10 s', async () => {
    const desk = new AnsweringDesk();
    await desk.hear();
    const call = desk.model.willHold();

    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;
    await desk.clock.advance(21_000);
    call.answer('Pronto.');
    await end;
    await desk.clock.advance(60_000);

    expect(desk.gateway.typing).toHaveLength(3);
  });

  it.each([
    ['unavailable', new LanguageModelError('unavailable', 'status 500')],
    ['refused', new LanguageModelError('refused', 'status 401')],
    ['unusable', new LanguageModelError('unusable', 'empty')],
  ])('apologises once and flags the contact when the model is %s', async (_kind, error) => {
    const desk = new AnsweringDesk();
    await desk.hear();
    desk.model.willFail(error);

    const end = await desk.useCase.execute(await desk.claim(), RUNNING);

    expect(end).toBe('apologised');
    expect(desk.outgoing()).toEqual(['Desculpe, já chamei a equipe.']);
    expect(await desk.store.conversations.summaries()).toMatchObject([
      { person: { reason: 'a IA não conseguiu responder' } },
    ]);
    expect(await desk.store.inbox.depth()).toBe(0);
  });

  it('apologises when nothing of the answer can be sent', async () => {
    const desk = new AnsweringDesk();
    await desk.hear();
    desk.model.willAnswer('\u200b \n ---');

    expect(await desk.useCase.execute(await desk.claim(), RUNNING)).toBe('apologised');
  });

  it('counts the tokens of an answer that could not be used towards the day’s', async () => {
    const desk = new AnsweringDesk({ dailyTokens: 1_000 });
    await desk.hear({ text: 'um' });
    const spent = { tokensIn: 900, tokensCached: 0, tokensOut: 100 };
    desk.model.willFail(new LanguageModelError('unusable', 'empty', spent));
    await desk.useCase.execute(await desk.claim(), RUNNING);
    await desk.hear({ text: 'dois' });

    expect(await desk.useCase.execute(await desk.claim(), RUNNING)).toBe('silent');
  });

  it('goes on answering a contact that is flagged', async () => {
    const desk = new AnsweringDesk();
    await desk.hear();
    desk.model.willFail(new LanguageModelError('unavailable', 'status 500'));
    await desk.useCase.execute(await desk.claim(), RUNNING);
    await desk.hear({ text: 'e agora?' });
    desk.model.willAnswer('Agora sim.');

    await desk.useCase.execute(await desk.claim(), RUNNING);

    expect(desk.outgoing()).toEqual(['Desculpe, já chamei a equipe.', 'Agora sim.']);
  });
});

describe('HandleIncomingMessage, for turns without words', () => {
  it('asks for text, once in 10 minutes', async () => {
    const desk = new AnsweringDesk();
    await desk.hear({ kind: 'audio', text: '' });
    await desk.hear({ kind: 'image', text: '' });
    const first = await desk.useCase.execute(await desk.claim(), RUNNING);
    await desk.hear({ kind: 'audio', text: '' });
    const second = await desk.useCase.execute(await desk.claim(), RUNNING);
    // Each claim waits for the burst to end, 15 s.
    desk.storeClock.advance(600_000 - 2 * 15_000 - 1);
    await desk.hear({ kind: 'audio', text: '' });
    const third = await desk.useCase.execute(await desk.claim(), RUNNING);
    await desk.hear({ kind: 'audio', text: '' });

    const fourth = await desk.useCase.execute(await desk.claim(), RUNNING);

    expect([first, second, third, fourth]).toEqual([
      'asked_for_text',
      'silent',
      'silent',
      'asked_for_text',
    ]);
    expect(desk.outgoing()).toHaveLength(2);
    expect(desk.model.requests).toHaveLength(0);
  });

  it('lets the model answer as soon as there is a caption', async () => {
    const desk = new AnsweringDesk();
    await desk.hear({ kind: 'image', text: 'quanto custa este?' });

    await desk.useCase.execute(await desk.claim(), RUNNING);

    expect(desk.model.requests[0]?.question).toBe('[imagem] quanto custa este?');
  });
});

describe('HandleIncomingMessage, when it is enough', () => {
  it('falls silent beyond the replies of an hour, flags and warns', async () => {
    const desk = new AnsweringDesk({ repliesPerHour: 2 });
    const ends: string[] = [];
    for (const text of ['um', 'dois', 'três']) {
      await desk.hear({ text });
      ends.push(await desk.useCase.execute(await desk.claim(), RUNNING));
    }

    expect(ends).toEqual(['answered', 'answered', 'silent']);
    expect(desk.outgoing()).toHaveLength(2);
    expect(desk.logger.events('warn')).toEqual(['contact left unanswered']);
    const [{ person } = {}] = await desk.store.conversations.summaries();
    expect(person?.reason).toContain('2 respostas em uma hora');
  });

  it('counts apologies too: two machines must not apologise to each other for ever', async () => {
    const desk = new AnsweringDesk({ repliesPerHour: 1 });
    await desk.hear({ text: 'um' });
    desk.model.willFail(new LanguageModelError('unavailable', 'status 500'));
    await desk.useCase.execute(await desk.claim(), RUNNING);
    await desk.hear({ text: 'dois' });

    expect(await desk.useCase.execute(await desk.claim(), RUNNING)).toBe('silent');
  });

  it('answers again when the hour has passed', async () => {
    const desk = new AnsweringDesk({ repliesPerHour: 1 });
    await desk.hear({ text: 'um' });
    await desk.useCase.execute(await desk.claim(), RUNNING);
    desk.storeClock.advance(3_600_000);
    await desk.hear({ text: 'dois' });

    expect(await desk.useCase.execute(await desk.claim(), RUNNING)).toBe('answered');
  });

  it('falls silent when the day’s tokens are used up', async () => {
    const desk = new AnsweringDesk({ dailyTokens: 128 });
    await desk.hear({ text: 'um' });
    await desk.useCase.execute(await desk.claim(), RUNNING);
    await desk.hear({ text: 'dois' });

    expect(await desk.useCase.execute(await desk.claim(), RUNNING)).toBe('silent');
    expect(desk.model.requests).toHaveLength(1);
  });
});
