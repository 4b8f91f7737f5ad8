import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Jid } from '../../src/domain/contact.ts';
import { aTurnResult } from '../builders/a-turn-result.ts';
import {
  ANA,
  APOLOGY,
  failReply,
  failTurn,
  holdReply,
  onlyLetter,
  REFUSED,
  TIMED_OUT,
} from '../support/dead-letters.ts';
import { purgeAll } from '../support/purge-all.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  answer,
  beginDelivery,
  claimTurn,
  receive,
} from '../support/store-under-test.ts';

const BIA = { phone: '5583911112222@s.whatsapp.net' as Jid };
const DAY_MS = 86_400_000;
const OFFLINE = { kind: 'not_sent', reason: 'connection refused' } as const;

/** What every store must do about what was given up when a person retries it. */
export function deadLettersRetryContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the dead letters contract when a person retries`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty({ sendUnknown: 'hold' });
    });
    afterEach(() => store.close());

    it('has the messages of a retried turn answered as if they had not been', async () => {
      await failTurn(store, ['Oi', 'Quanto custa?']);
      store.clock.advance(3_600_000);

      expect(await store.deadLetters.retry(await onlyLetter(store))).toEqual({
        status: 'retried',
        contactId: ANA,
      });
      expect(await store.inbox.nextTurnInMs()).toBe(0);
      const [turn] = await store.inbox.claimTurns(1);
      expect(turn).toMatchObject({
        attempts: 1,
        messages: [{ text: 'Oi' }, { text: 'Quanto custa?' }],
      });
      expect(await store.conversations.history(ANA, 9)).toMatchObject([{ author: 'agent' }]);
    });

    it('keeps what was said in order when a retried turn is answered', async () => {
      await failTurn(store);
      await store.deadLetters.retry(await onlyLetter(store));
      const { lease } = await claimTurn(store);
      await store.inbox.commitTurn(lease, aTurnResult({ parts: ['R$ 350,00.'] }));

      expect((await store.conversations.history(ANA, 9)).map(({ text }) => text)).toEqual([
        'Quanto custa?',
        'Desculpe, já chamo alguém.',
        'R$ 350,00.',
      ]);
      expect(await store.deadLetters.list({ limit: 9 })).toEqual([]);
    });

    it('lists a turn anew that fails again', async () => {
      await failTurn(store);
      await store.deadLetters.retry(await onlyLetter(store));
      const { lease } = await claimTurn(store);
      await store.inbox.commitTurn(lease, aTurnResult(APOLOGY));

      expect(await onlyLetter(store)).toEqual({ kind: 'turn', id: 2 });
    });

    it('takes the contact from whoever answers it when older messages come back', async () => {
      await failTurn(store);
      await receive(store, { id: 'NEWER', text: 'Alguém aí?' });
      const running = await claimTurn(store);

      await store.deadLetters.retry(await onlyLetter(store));

      expect(await store.inbox.commitTurn(running.lease, aTurnResult())).toBe('lost');
      expect(await store.inbox.claimTurns(1)).toMatchObject([
        { messages: [{ text: 'Quanto custa?' }, { text: 'Alguém aí?' }] },
      ]);
    });

    it('sends a retried reply at once, before the later ones of its contact', async () => {
      const id = await failReply(store, ['Um', 'Dois']);

      await store.deadLetters.retry({ kind: 'reply', id });

      expect(await store.outbox.claimDeliveries(9)).toMatchObject([{ id, attempt: 2, resends: 0 }]);
      expect(await store.deadLetters.list({ limit: 9 })).toEqual([]);
    });

    it('begins no retried reply while a later one of its contact is under way', async () => {
      const id = await failReply(store, ['Um', 'Dois']);
      const second = await beginDelivery(store);

      await store.deadLetters.retry({ kind: 'reply', id });

      expect(await store.outbox.claimDeliveries(9)).toEqual([]);
      await store.outbox.settle(second, { kind: 'sent', gatewayId: 'OUT-2' });
      expect(await store.outbox.claimDeliveries(9)).toMatchObject([{ id }]);
    });

    it('tries a retried reply for a day more, however old it is', async () => {
      const id = await failReply(store);
      store.clock.advance(3 * DAY_MS);
      await store.deadLetters.retry({ kind: 'reply', id });

      const first = await store.outbox.settle(await beginDelivery(store), OFFLINE);
      expect(await store.outbox.figures()).toMatchObject({ oldestOpenMs: 0 });
      store.clock.advance(DAY_MS);
      const last = await store.outbox.settle(await beginDelivery(store), OFFLINE);

      expect([first, last]).toEqual(['pending', 'failed']);
    });

    it('settles a held reply that was retried by the late echo of its first send', async () => {
      const id = await holdReply(store);
      await store.deadLetters.retry({ kind: 'reply', id });

      await receive(store, { fromMe: true, id: 'ECHO-1', text: 'Um' });

      expect(await store.outbox.find(id)).toEqual({ id, state: 'sent' });
      expect(await store.outbox.nextDeliveryInMs()).toBeUndefined();
      expect((await store.conversations.summaries())[0]).not.toHaveProperty('pause');
    });

    it('counts a held reply that is retried as sent again, and holds it anew after silence', async () => {
      const id = await holdReply(store);
      await store.deadLetters.retry({ kind: 'reply', id });

      const again = await beginDelivery(store);
      await store.outbox.settle(again, TIMED_OUT);
      store.clock.advance(60_000);
      await store.outbox.claimDeliveries(9);

      expect(again).toMatchObject({ id, attempt: 2, resends: 1 });
      expect(await onlyLetter(store)).toEqual({ kind: 'reply', id });
      expect(await store.outbox.figures()).toMatchObject({ settled: { resent: 1, held: 2 } });
    });

    it('retries once, however often it is asked', async () => {
      const id = await holdReply(store);
      const letter = { kind: 'reply', id } as const;

      const outcomes = await Promise.all([1, 2, 3].map(() => store.deadLetters.retry(letter)));

      expect(outcomes.map(({ status }) => status).sort()).toEqual([
        'retried',
        'unknown',
        'unknown',
      ]);
      expect(await store.outbox.figures()).toMatchObject({ settled: { resent: 1 } });
    });

    it.each([
      ['a reply that is none', { kind: 'reply', id: 77 }],
      ['a turn that is none', { kind: 'turn', id: 77 }],
      ['a reply that waits to be sent', { kind: 'reply', id: 1 }],
      ['a turn that was answered', { kind: 'turn', id: 1 }],
    ] as const)('leaves %s alone', async (_what, letter) => {
      await answer(store);

      expect(await store.deadLetters.retry(letter)).toEqual({ status: 'unknown' });
      expect(await store.deadLetters.dismiss(letter)).toBeUndefined();
      expect(await store.outbox.claimDeliveries(9)).toHaveLength(1);
      expect(await store.inbox.depth()).toBe(0);
    });

    it('lets the agent say nothing while a person has the conversation', async () => {
      await failTurn(store);
      const id = await failReply(store);
      await store.takeovers.pause(ANA);

      const outcomes = [
        await store.deadLetters.retry({ kind: 'turn', id: 1 }),
        await store.deadLetters.retry({ kind: 'reply', id }),
      ];

      expect(outcomes).toEqual([
        { status: 'taken_over', contactId: ANA },
        { status: 'taken_over', contactId: ANA },
      ]);
      expect(await store.deadLetters.list({ limit: 9 })).toHaveLength(2);
      expect(await store.inbox.depth()).toBe(0);
      await store.takeovers.resume(ANA);
      expect(await store.deadLetters.retry({ kind: 'reply', id })).toMatchObject({
        status: 'retried',
      });
    });

    it("sends a person's own message again while that person has the conversation", async () => {
      const [id] = await store.outbox.enqueue({ identity: BIA, parts: ['Sou eu'] });
      await store.outbox.settle(await beginDelivery(store), REFUSED);
      await store.takeovers.pause(BIA);

      const outcome = await store.deadLetters.retry({ kind: 'reply', id: id ?? 0 });

      expect(outcome).toMatchObject({ status: 'retried' });
      expect(await store.outbox.claimDeliveries(9)).toMatchObject([{ id, text: 'Sou eu' }]);
    });

    it('lists no more what was dismissed, and retries it no more', async () => {
      const id = await holdReply(store);
      const letter = { kind: 'reply', id } as const;

      expect(await store.deadLetters.dismiss(letter)).toBe(ANA);
      expect(await store.deadLetters.dismiss(letter)).toBeUndefined();
      expect(await store.deadLetters.retry(letter)).toEqual({ status: 'unknown' });
      expect(await store.deadLetters.list({ limit: 9 })).toEqual([]);
      expect(await store.outbox.figures()).toMatchObject({ replies: { held: 0 } });
      expect(await store.outbox.find(id)).toMatchObject({ state: 'held' });
    });

    it('keeps what nobody has decided about at any age, so that it can be retried', async () => {
      await failTurn(store);
      const id = await failReply(store);
      store.clock.advance(400 * DAY_MS);
      await purgeAll(store);

      expect(await store.deadLetters.list({ limit: 9 })).toMatchObject([
        { kind: 'reply', id, text: 'Um', error: 'HTTP 400' },
        { kind: 'turn', id: 1, text: 'Quanto custa?', error: 'timeout: no answer' },
      ]);
      await store.deadLetters.retry({ kind: 'turn', id: 1 });
      expect(await store.inbox.claimTurns(1)).toMatchObject([
        { messages: [{ text: 'Quanto custa?' }] },
      ]);
    });
  });
}
