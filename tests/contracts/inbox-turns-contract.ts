import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Jid } from '../../src/domain/contact.ts';
import { aTurnResult } from '../builders/a-turn-result.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  answer,
  claimTurn,
  receive,
} from '../support/store-under-test.ts';

const OTHER = { phone: '5583977776666@s.whatsapp.net' as Jid };

/** What every inbox must do with turns and their leases. */
export function inboxTurnsContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the inbox contract for turns`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('has no turn before the contact has been silent long enough', async () => {
      await receive(store);
      store.clock.advance(1_999);

      expect(await store.inbox.claimTurns(9)).toEqual([]);
      expect(await store.inbox.nextTurnInMs()).toBe(1);
    });

    it('waits anew with each message, but never longer than the longest wait', async () => {
      for (let message = 0; message < 8; message += 1) {
        await receive(store, { id: `MSG-${message}`, text: `parte ${message}` });
        store.clock.advance(1_900);
      }

      const reception = await receive(store, { id: 'MSG-8', text: 'parte 8' });

      expect(reception).toMatchObject({ status: 'accepted', readyInMs: 0 });
      expect(await store.inbox.nextTurnInMs()).toBe(0);
    });

    it('makes one turn of a burst, with what is known of the contact', async () => {
      const receivedAt = store.clock.now();
      await receive(store, { id: 'A', text: 'Oi' });
      await receive(store, { id: 'B', kind: 'audio', text: '' });
      store.clock.advance(2_000);

      const turns = await store.inbox.claimTurns(9);

      expect(turns).toEqual([
        {
          lease: { contactId: 1, owner: 'worker-1', token: 1, lastMessageId: 2 },
          contactId: 1,
          name: 'Ana',
          replyTo: '5583988887777@s.whatsapp.net',
          messages: [
            { id: 1, kind: 'text', text: 'Oi', receivedAt },
            { id: 2, kind: 'audio', text: '', receivedAt },
          ],
          redo: 0,
          attempts: 1,
          deaths: 0,
          takenOver: false,
          repliesLastHour: 0,
        },
      ]);
    });

    it('gives the longest waiting contacts first, and not more than asked for', async () => {
      await receive(store, { id: 'A', identity: OTHER });
      store.clock.advance(1);
      await receive(store, { id: 'B' });
      store.clock.advance(2_000);

      expect(await store.inbox.claimTurns(1)).toMatchObject([
        { replyTo: '5583977776666@s.whatsapp.net' },
      ]);
    });

    it('leases a contact to one caller only, however many ask at once', async () => {
      await receive(store);
      store.clock.advance(2_000);

      const claims = await Promise.all(Array.from({ length: 8 }, () => store.inbox.claimTurns(1)));

      expect(claims.flat()).toHaveLength(1);
    });

    it('leases the contact anew once the lease has run out, and counts the attempts', async () => {
      await receive(store);
      await claimTurn(store);
      store.clock.advance(11_999);
      const tooSoon = await store.inbox.claimTurns(1);
      const wait = await store.inbox.nextTurnInMs();
      store.clock.advance(1);

      expect(tooSoon).toEqual([]);
      expect(wait).toBe(1);
      expect(await store.inbox.claimTurns(1)).toMatchObject([
        { attempts: 2, redo: 0, takenOver: true },
      ]);
    });

    it('keeps the contact for a holder that renews its lease', async () => {
      await receive(store);
      const { lease } = await claimTurn(store);
      store.clock.advance(11_000);

      expect(await store.inbox.renew(lease)).toBe('held');
      store.clock.advance(11_999);
      expect(await store.inbox.claimTurns(1)).toEqual([]);
    });

    it('takes the result of a lease that has run out while nobody else took the contact', async () => {
      await receive(store);
      const { lease } = await claimTurn(store);
      store.clock.advance(60_000);

      expect(await store.inbox.commitTurn(lease, aTurnResult())).toBe('held');
    });

    it('refuses everything from a holder whose contact was taken over', async () => {
      await receive(store);
      const { lease: outdated } = await claimTurn(store);
      const { lease } = await claimTurn(store);

      expect(await store.inbox.renew(outdated)).toBe('lost');
      expect(await store.inbox.check(outdated)).toBe('lost');
      expect(await store.inbox.commitTurn(outdated, aTurnResult())).toBe('lost');
      await store.inbox.giveBack(outdated, 'shutdown');
      expect(await store.outbox.depth()).toBe(0);
      expect(await store.inbox.check(lease)).toBe('held');
    });

    it('refuses a lease of another owner with the same token', async () => {
      await receive(store);
      const { lease } = await claimTurn(store);

      expect(await store.inbox.check({ ...lease, owner: 'worker-2' })).toBe('lost');
    });

    it('writes nothing when newer messages have come in', async () => {
      await receive(store);
      const { lease } = await claimTurn(store);
      await receive(store, { id: 'MSG-2', text: 'E à vista?' });

      expect(await store.inbox.check(lease)).toBe('superseded');
      expect(await store.inbox.renew(lease)).toBe('superseded');
      expect(await store.inbox.commitTurn(lease, aTurnResult())).toBe('superseded');
      expect(await store.inbox.depth()).toBe(2);
      expect(await store.outbox.depth()).toBe(0);
      expect(await store.conversations.history(1 as never, 9)).toEqual([]);
    });

    it('begins anew with all messages when the burst is complete again', async () => {
      await receive(store);
      store.clock.advance(2_000);
      const [turn] = await store.inbox.claimTurns(1);
      await receive(store, { id: 'MSG-2', text: 'E à vista?' });
      await store.inbox.giveBack(turn?.lease as never, 'redo');

      const wait = await store.inbox.nextTurnInMs();
      store.clock.advance(2_000);

      expect(wait).toBe(2_000);
      expect(await store.inbox.claimTurns(1)).toMatchObject([
        { redo: 1, attempts: 1, messages: [{ id: 1 }, { id: 2 }] },
      ]);
    });

    it('begins a given back turn after the pause', async () => {
      await receive(store);
      const { lease } = await claimTurn(store);

      await store.inbox.giveBack(lease, { laterMs: 5_000 });

      expect(await store.inbox.nextTurnInMs()).toBe(5_000);
      expect(await claimTurn(store)).toMatchObject({ attempts: 2, redo: 0, takenOver: false });
    });

    it('begins a turn given back at shutdown at once, and blames nobody for it', async () => {
      await receive(store);
      const { lease } = await claimTurn(store);

      await store.inbox.giveBack(lease, 'shutdown');

      expect(await store.inbox.nextTurnInMs()).toBe(0);
      expect(await claimTurn(store)).toMatchObject({ attempts: 1, redo: 0 });
    });

    it('makes newer messages the next turn when the answer goes out even so', async () => {
      await receive(store);
      const { lease } = await claimTurn(store);
      await receive(store, { id: 'MSG-2', text: 'E à vista?' });

      const state = await store.inbox.commitTurn(lease, aTurnResult({ evenIfNewer: true }));

      expect(state).toBe('held');
      expect(await store.inbox.nextTurnInMs()).toBe(2_000);
      expect(await claimTurn(store)).toMatchObject({ messages: [{ id: 2 }], attempts: 1, redo: 0 });
    });

    it('ends a turn with its messages answered, the history written and the reply due', async () => {
      await receive(store);
      const receivedAt = store.clock.now();
      const { lease } = await claimTurn(store);

      const state = await store.inbox.commitTurn(lease, aTurnResult({ parts: ['Um', 'Dois'] }));

      expect(state).toBe('held');
      expect(await store.inbox.depth()).toBe(0);
      expect(await store.inbox.nextTurnInMs()).toBeUndefined();
      expect(await store.outbox.depth()).toBe(2);
      expect(await store.conversations.history(1 as never, 9)).toEqual([
        { author: 'customer', kind: 'text', text: 'Quanto custa o curso?', at: receivedAt },
        { author: 'agent', kind: 'text', text: 'Um\nDois', at: receivedAt + 15_000 },
      ]);
    });

    it('commits a turn once', async () => {
      const { lease } = await answer(store);

      expect(await store.inbox.commitTurn(lease, aTurnResult())).toBe('lost');
      expect(await store.outbox.depth()).toBe(1);
    });

    it('remembers and flags together with the turn', async () => {
      const since = store.clock.now() + 15_000;

      await answer(store, {}, { flag: 'a IA falhou', remember: { key: 'asked', ttlMs: 600_000 } });

      expect(await store.dedup.has('asked')).toBe(true);
      expect(await store.conversations.summaries()).toMatchObject([
        { person: { reason: 'a IA falhou', since } },
      ]);
    });

    it('sends nothing for a silent turn', async () => {
      await answer(store, {}, { outcome: 'silent', parts: [] });

      expect(await store.outbox.depth()).toBe(0);
      expect(await store.inbox.depth()).toBe(0);
      expect(await store.conversations.history(1 as never, 9)).toMatchObject([
        { author: 'customer' },
      ]);
    });

    it('counts what was sent in the last hour, and only that', async () => {
      await answer(store, { id: 'A', text: 'um' });
      store.clock.advance(3_600_000);
      await answer(store, { id: 'B', text: 'dois' });
      await answer(store, { id: 'C', text: 'três' }, { outcome: 'apologised' });
      await answer(store, { id: 'D', text: 'quatro' }, { outcome: 'silent', parts: [] });
      await receive(store, { id: 'E', text: 'cinco' });

      expect(await claimTurn(store)).toMatchObject({ repliesLastHour: 2 });
    });
  });
}
