import { describe, expect, it } from '@jest/globals';
import { StoreUnavailableError } from '../../../../src/application/ports/outbound/store-unavailable-error.ts';
import { AnsweringDesk, RUNNING } from '../../../support/answering-desk.ts';

describe('HandleIncomingMessage, while the contact writes more', () => {
  it('aborts the call, and answers anew with everything once the burst is complete', async () => {
    const desk = new AnsweringDesk();
    await desk.hear({ text: 'qual o preço' });
    const call = desk.model.willHold();
    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;
    await desk.hear({ text: 'do curso de bolos?' });
    await desk.clock.advance(250);

    expect(await end).toBe('redone');

    expect(desk.outgoing()).toEqual([]);
    const turn = await desk.claim();
    expect(turn.redo).toBe(1);
    expect(turn.messages.map(({ text }) => text)).toEqual(['qual o preço', 'do curso de bolos?']);
  });

  it('does not commit an answer that is a moment too late', async () => {
    const desk = new AnsweringDesk();
    await desk.hear({ text: 'qual o preço' });
    const call = desk.model.willHold();
    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;
    await desk.hear({ text: 'do curso de bolos?' });
    call.answer('De qual curso?');

    expect(await end).toBe('redone');
    expect(desk.outgoing()).toEqual([]);
  });

  it('counts what the answer that was too late has cost', async () => {
    const desk = new AnsweringDesk();
    await desk.hear({ text: 'qual o preço' });
    const call = desk.model.willHold();
    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;
    await desk.hear({ text: 'do curso de bolos?' });
    call.answer('De qual curso?');
    await end;

    expect(await desk.store.conversations.tokensWithinMs(1_000)).toBe(128);
  });

  it('counts the prompt of a call that was aborted', async () => {
    const desk = new AnsweringDesk();
    await desk.hear({ text: 'qual o preço' });
    const call = desk.model.willHold();
    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;
    await desk.hear({ text: 'do curso de bolos?' });
    await desk.clock.advance(250);
    await end;

    expect(await desk.store.conversations.tokensWithinMs(1_000)).toBeGreaterThan(300);
  });

  it('sends the answer for what it saw after the third fresh start; the rest is the next turn', async () => {
    const desk = new AnsweringDesk();
    await desk.hear({ text: 'mensagem 0' });
    const ends: string[] = [];
    for (let redo = 0; redo < 4; redo += 1) {
      const call = desk.model.willHold();
      const end = desk.useCase.execute(await desk.claim(), RUNNING);
      await call.begun;
      await desk.hear({ text: `mensagem ${redo + 1}` });
      await desk.clock.advance(250);
      call.answer(`resposta ${redo}`);
      ends.push(await end);
    }

    expect(ends).toEqual(['redone', 'redone', 'redone', 'answered']);
    expect(desk.outgoing()).toEqual(['resposta 3']);
    const rest = await desk.claim();
    expect(rest.redo).toBe(0);
    expect(rest.messages.map(({ text }) => text)).toEqual(['mensagem 4']);
  });
});

describe('HandleIncomingMessage, while the model takes long', () => {
  it('keeps the contact from all others', async () => {
    const desk = new AnsweringDesk();
    await desk.hear();
    const call = desk.model.willHold();
    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;

    const taken = [];
    for (let seconds = 0; seconds < 60; seconds += 1) {
      desk.storeClock.advance(1_000);
      await desk.clock.advance(1_000);
      taken.push(...(await desk.store.inbox.claimTurns(1)));
    }
    call.answer('R$ 350');

    expect(await end).toBe('answered');
    expect(taken).toEqual([]);
  });
});

describe('HandleIncomingMessage, when a person takes the conversation over', () => {
  it('aborts the call and says nothing', async () => {
    const desk = new AnsweringDesk();
    await desk.hear({ text: 'qual o preço' });
    const call = desk.model.willHold();
    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;
    await desk.hear({ fromMe: true, text: 'Oi, aqui é a Lia!' });
    await desk.clock.advance(250);

    expect(await end).toBe('lost');

    expect(desk.outgoing()).toEqual([]);
    expect(await desk.history()).toMatchObject([{ author: 'customer' }, { author: 'person' }]);
  });

  it('drops an answer that is a moment too late', async () => {
    const desk = new AnsweringDesk();
    await desk.hear({ text: 'qual o preço' });
    const call = desk.model.willHold();
    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;
    await desk.hear({ fromMe: true, text: 'Oi, aqui é a Lia!' });
    call.answer('R$ 100');

    expect(await end).toBe('lost');
    expect(desk.outgoing()).toEqual([]);
  });
});

describe('HandleIncomingMessage, when the contact is held by another process', () => {
  it('ends without a word as soon as it sees so', async () => {
    const desk = new AnsweringDesk();
    await desk.hear();
    const call = desk.model.willHold();
    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;
    desk.storeClock.advance(12_001);
    await desk.store.inbox.claimTurns(1);
    await desk.clock.advance(250);

    expect(await end).toBe('lost');
    expect(desk.outgoing()).toEqual([]);
  });

  it('keeps its lease as long as it works', async () => {
    const desk = new AnsweringDesk();
    await desk.hear();
    const call = desk.model.willHold();
    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;
    for (let seconds = 0; seconds < 30; seconds += 3) {
      desk.storeClock.advance(3_000);
      await desk.clock.advance(3_000);
    }
    const taken = await desk.store.inbox.claimTurns(1);
    call.answer('Pronto.');

    expect(taken).toEqual([]);
    expect(await end).toBe('answered');
  });
});

describe('HandleIncomingMessage, at shutdown', () => {
  it('gives the turn back, to be answered at once by whoever is there', async () => {
    const desk = new AnsweringDesk();
    await desk.hear();
    const call = desk.model.willHold();
    const shutdown = new AbortController();
    const end = desk.useCase.execute(await desk.claim(), shutdown.signal);
    await call.begun;
    shutdown.abort();

    expect(await end).toBe('given_back');
    const [turn] = await desk.store.inbox.claimTurns(1);
    expect(turn?.messages).toHaveLength(1);
    expect(turn?.attempts).toBe(1);
  });
});

describe('HandleIncomingMessage, when processes die', () => {
  it('answers a turn that more processes died with than it may be begun', async () => {
    const desk = new AnsweringDesk();
    await desk.hear();
    await desk.dieWithTurn(14);
    const call = desk.model.willHold();
    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;
    call.answer('Pronto.');

    expect(await end).toBe('answered');
  });

  it('apologises for a turn that fifteen processes died with, and flags the contact', async () => {
    const desk = new AnsweringDesk();
    await desk.hear();
    await desk.dieWithTurn(15);

    expect(await desk.useCase.execute(await desk.claim(), RUNNING)).toBe('apologised');
    expect(desk.outgoing()).toEqual(['Desculpe, já chamei a equipe.']);
    expect(desk.store.state.contacts).toMatchObject([
      { person: { reason: 'a IA não conseguiu responder' } },
    ]);
  });
});

describe('HandleIncomingMessage, after an unforeseen error', () => {
  it('tries again soon, and apologises when that never helps', async () => {
    const desk = new AnsweringDesk();
    await desk.hear();
    const ends: string[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) {
      desk.model.willFail(new TypeError('a mistake in the code'));
      ends.push(await desk.useCase.execute(await desk.claim(), RUNNING));
    }

    expect(ends).toEqual([...Array<string>(10).fill('given_back'), 'apologised']);
    expect(desk.outgoing()).toEqual(['Desculpe, já chamei a equipe.']);
  });

  it('keeps its lease through a moment in which the store does not answer', async () => {
    const desk = new AnsweringDesk();
    await desk.hear();
    const call = desk.model.willHold();
    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;
    const { inbox } = desk.store;
    const check = inbox.check.bind(inbox);
    inbox.check = () => Promise.reject(new StoreUnavailableError('busy'));
    await desk.clock.advance(250);
    inbox.check = check;
    call.answer('Pronto.');

    expect(await end).toBe('answered');
  });

  it('measures how each turn ended, and which were taken over', async () => {
    const desk = new AnsweringDesk();
    await desk.hear({ text: 'qual o preço' });
    const call = desk.model.willHold();
    const lost = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;
    const turn = await desk.claim();
    await desk.clock.advance(250);
    await lost;
    await desk.useCase.execute(turn, RUNNING);

    expect(desk.meter.measured).toEqual([
      ['turnEnded', 'lost', 250],
      ['leasesTakenOver', 1],
      ['turnEnded', 'answered', 0],
    ]);
  });
});
