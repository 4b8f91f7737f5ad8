import { describe, expect, it } from '@jest/globals';
import { StoreUnavailableError } from '../../../../src/application/ports/outbound/store-unavailable-error.ts';
import { AnsweringDesk, RUNNING } from '../../../support/answering-desk.ts';

/** Refuses so many calls before it does what it does. */
function refusing<Parameters extends readonly unknown[], Result>(
  times: number,
  method: (...parameters: Parameters) => Promise<Result>,
): (...parameters: Parameters) => Promise<Result> {
  let left = times;
  return (...parameters) => {
    left -= 1;
    return left >= 0
      ? Promise.reject(new StoreUnavailableError('restarting'))
      : method(...parameters);
  };
}

describe('HandleIncomingMessage, while the store cannot be had', () => {
  it('keeps the answer until the store takes it, and asks the model once', async () => {
    const desk = new AnsweringDesk();
    const { inbox } = desk.store;
    inbox.commitTurn = refusing(2, inbox.commitTurn.bind(inbox));
    await desk.hear();
    const call = desk.model.willHold();
    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;
    call.answer('Pronto.');
    await desk.clock.advance(1_000);

    expect(await end).toBe('answered');
    expect(desk.outgoing()).toEqual(['Pronto.']);
    expect(desk.logger.events('error')).toEqual(['turn not stored']);
  });

  it('gives a turn that it could not begin back as soon as the store is there again, due in a second', async () => {
    const desk = new AnsweringDesk();
    const { conversations, inbox } = desk.store;
    conversations.history = refusing(1, conversations.history.bind(conversations));
    inbox.giveBack = refusing(1, inbox.giveBack.bind(inbox));
    await desk.hear();
    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await desk.clock.advance(500);

    expect(await end).toBe('given_back');
    expect(await desk.store.inbox.nextTurnInMs()).toBe(1_000);
  });

  it('begins anew, when the contact wrote more, as soon as the store takes it', async () => {
    const desk = new AnsweringDesk();
    const { inbox } = desk.store;
    inbox.giveBack = refusing(1, inbox.giveBack.bind(inbox));
    await desk.hear({ text: 'qual o preço' });
    const call = desk.model.willHold();
    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;
    await desk.hear({ text: 'do curso de bolos?' });
    call.answer('De qual curso?');
    await desk.clock.advance(500);

    expect(await end).toBe('redone');
    expect(await desk.claim()).toMatchObject({ redo: 1, attempts: 1 });
  });

  it('waits no longer once it is to stop', async () => {
    const desk = new AnsweringDesk();
    const { inbox } = desk.store;
    inbox.commitTurn = refusing(9, inbox.commitTurn.bind(inbox));
    await desk.hear();
    const call = desk.model.willHold();
    const shutdown = new AbortController();
    const end = desk.useCase.execute(await desk.claim(), shutdown.signal);
    await call.begun;
    call.answer('Pronto.');
    await desk.clock.advance(500);
    shutdown.abort();

    expect(await end).toBe('given_back');
    expect(await desk.store.inbox.claimTurns(1)).toMatchObject([{ attempts: 1 }]);
  });

  it('prolongs its lease in time though every look at the store is slow', async () => {
    const desk = new AnsweringDesk();
    const { inbox } = desk.store;
    const check = inbox.check.bind(inbox);
    inbox.check = async (lease) => {
      await desk.clock.sleep(1_000);
      return check(lease);
    };
    await desk.hear();
    const call = desk.model.willHold();
    const end = desk.useCase.execute(await desk.claim(), RUNNING);
    await call.begun;
    const taken: unknown[] = [];
    for (let ms = 0; ms < 15_000; ms += 250) {
      desk.storeClock.advance(250);
      await desk.clock.advance(250);
      taken.push(...(await inbox.claimTurns(1)));
    }
    call.answer('Pronto.');

    expect(taken).toEqual([]);
    expect(await end).toBe('answered');
  });
});
