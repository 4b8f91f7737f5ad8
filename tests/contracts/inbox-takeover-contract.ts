import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type ContactId, type Jid } from '../../src/domain/contact.ts';
import { aTurnResult } from '../builders/a-turn-result.ts';
import { anArrivalBatch } from '../builders/an-arrival-batch.ts';
import { anIncomingMessage } from '../builders/an-incoming-message.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  answer,
  beginDelivery,
  claimTurn,
  receive,
} from '../support/store-under-test.ts';

const ANA = 1 as ContactId;
const HOUR_MS = 3_600_000;
const TYPED = { fromMe: true, id: 'OWN-1', text: 'Deixa que eu vejo isso.' } as const;
const LATER = { id: 'MSG-9', text: 'E no Pix?' } as const;

/** What every inbox must do when a person of the business writes to a contact from the phone. */
export function inboxTakeoverContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the inbox contract for takeovers`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('pauses the agent for an hour, and tells so', async () => {
      const until = store.clock.now() + HOUR_MS;

      await receive(store, TYPED);

      expect(await store.conversations.summaries()).toMatchObject([
        { contactId: 1, pause: { by: 'person', until } },
      ]);
    });

    it('keeps what the contact writes meanwhile, and never answers it', async () => {
      await receive(store, TYPED);
      store.clock.advance(HOUR_MS - 1);

      const reception = await receive(store, LATER);
      store.clock.advance(HOUR_MS);

      expect(reception).toEqual({ status: 'ignored', reason: 'agent_paused', contactId: 1 });
      expect(await store.inbox.nextTurnInMs()).toBeUndefined();
      expect(await store.inbox.depth()).toBe(0);
      expect(await store.conversations.history(ANA, 9)).toMatchObject([
        { author: 'person', text: 'Deixa que eu vejo isso.' },
        { author: 'customer', text: 'E no Pix?' },
      ]);
    });

    it('answers what comes when the hour has passed, and only that', async () => {
      await receive(store, TYPED);
      await receive(store, { id: 'MSG-1', text: 'Obrigada!' });
      store.clock.advance(HOUR_MS);

      await receive(store, LATER);

      expect(await claimTurn(store)).toMatchObject({ messages: [{ text: 'E no Pix?' }] });
      expect((await store.conversations.summaries())[0]).not.toHaveProperty('pause');
    });

    it('pauses anew with each further message of the person', async () => {
      await receive(store, TYPED);
      store.clock.advance(HOUR_MS - 1);
      await receive(store, { ...TYPED, id: 'OWN-2', text: 'Mais uma coisa' });
      store.clock.advance(HOUR_MS - 1);

      expect(await receive(store, LATER)).toMatchObject({ reason: 'agent_paused' });
    });

    it('does not pause anew for a redelivery', async () => {
      await receive(store, TYPED);
      store.clock.advance(HOUR_MS - 1);
      await receive(store, TYPED);
      store.clock.advance(1);

      expect(await receive(store, LATER)).toMatchObject({ status: 'accepted' });
    });

    it('leaves other contacts to the agent', async () => {
      await receive(store, TYPED);
      const identity = { phone: '5583977776666@s.whatsapp.net' as Jid };

      expect(await receive(store, { identity })).toMatchObject({ status: 'accepted' });
    });

    it('counts waiting messages as answered by the person, and said before', async () => {
      await receive(store);
      store.clock.advance(100);

      await receive(store, TYPED);

      expect(await store.inbox.depth()).toBe(0);
      expect(await store.inbox.nextTurnInMs()).toBeUndefined();
      expect(await store.conversations.history(ANA, 9)).toMatchObject([
        { author: 'customer', text: 'Quanto custa o curso?', at: store.clock.now() - 100 },
        { author: 'person', text: 'Deixa que eu vejo isso.' },
      ]);
    });

    it('knows a message without id again after it was answered by the person', async () => {
      const { id: _, ...withoutId } = anIncomingMessage();
      await store.inbox.add(anArrivalBatch(withoutId));
      await receive(store, TYPED);

      const again = await store.inbox.add(anArrivalBatch(withoutId));

      expect(again).toMatchObject([{ reason: 'duplicate' }]);
    });

    it('takes the contact from whoever is answering it', async () => {
      await receive(store);
      const { lease } = await claimTurn(store);

      await receive(store, TYPED);

      expect(await store.inbox.check(lease)).toBe('lost');
      expect(await store.inbox.commitTurn(lease, aTurnResult({ evenIfNewer: true }))).toBe('lost');
      expect(await store.outbox.depth()).toBe(0);
      expect(await store.conversations.history(ANA, 9)).toMatchObject([
        { author: 'customer' },
        { author: 'person' },
      ]);
    });

    it.each(['agent', 'fixed'] as const)(
      'cancels a reply of source %s that waits, and takes it out of the history',
      async (source) => {
        await answer(store, {}, { source, parts: ['Um', 'Dois'] });

        await receive(store, TYPED);

        expect(await store.outbox.depth()).toBe(0);
        expect(await store.outbox.claimDeliveries(9)).toEqual([]);
        expect(await store.conversations.history(ANA, 9)).toMatchObject([
          { author: 'customer' },
          { author: 'person' },
        ]);
      },
    );

    it('leaves what a person sent through the service', async () => {
      await store.outbox.enqueue({ identity: anIncomingMessage().identity, parts: ['Já vou'] });

      await receive(store, TYPED);

      expect(await beginDelivery(store)).toMatchObject({ text: 'Já vou' });
    });

    it('keeps in the history the part that is leaving, and cancels those after it', async () => {
      await answer(store, {}, { parts: ['Um', 'Dois', 'Três'] });
      const delivery = await beginDelivery(store);

      await receive(store, TYPED);
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'OUT-1' });

      expect(await store.outbox.depth()).toBe(0);
      expect(await store.conversations.history(ANA, 9)).toMatchObject([
        { author: 'customer' },
        { author: 'agent', text: 'Um' },
        { author: 'person' },
      ]);
    });

    it('cancels a reply that comes back unsent during the pause', async () => {
      await answer(store);
      const delivery = await beginDelivery(store);
      await receive(store, TYPED);
      await store.outbox.settle(delivery, { kind: 'not_sent', reason: 'HTTP 429' });

      store.clock.advance(60_000);

      expect(await store.outbox.claimDeliveries(9)).toEqual([]);
      expect(await store.outbox.depth()).toBe(0);
      expect(await store.conversations.history(ANA, 9)).toMatchObject([
        { author: 'customer' },
        { author: 'person' },
      ]);
    });

    it('says of a reply that comes back unsent that it is cancelled, when the person had spoken before', async () => {
      await answer(store);
      const delivery = await beginDelivery(store);
      await receive(store, TYPED);

      const state = await store.outbox.settle(delivery, { kind: 'not_sent', reason: 'HTTP 429' });

      expect(state).toBe('cancelled');
      expect(await store.outbox.depth()).toBe(0);
    });

    it('does not send an unconfirmed reply again during the pause, and does not deny it', async () => {
      await answer(store);
      const delivery = await beginDelivery(store);
      await store.outbox.settle(delivery, { kind: 'unknown', reason: 'time-out' });
      await receive(store, TYPED);

      store.clock.advance(60_000);

      expect(await store.outbox.claimDeliveries(9)).toEqual([]);
      expect(await store.outbox.find(delivery.id)).toMatchObject({ state: 'cancelled' });
      expect(await store.conversations.history(ANA, 9)).toMatchObject([
        { author: 'customer' },
        { author: 'agent' },
        { author: 'person' },
      ]);
    });

    it('does not shorten a pause that was asked for', async () => {
      await receive(store);
      await store.takeovers.pause(ANA);
      await receive(store, TYPED);

      store.clock.advance(HOUR_MS);

      expect(await receive(store, LATER)).toMatchObject({ reason: 'agent_paused' });
    });

    it('keeps what was typed too long ago in the history, without a pause', async () => {
      const message = anIncomingMessage(TYPED);
      const batch = { ...anArrivalBatch(), arrivals: [{ message, keepOnly: 'too_old' as const }] };

      const receptions = await store.inbox.add(batch);

      expect(receptions).toMatchObject([{ reason: 'own_message' }]);
      expect(await store.conversations.history(ANA, 9)).toMatchObject([{ author: 'person' }]);
      expect(await receive(store, LATER)).toMatchObject({ status: 'accepted' });
    });
  });

  describe(`${storeName} with takeovers switched off`, () => {
    it('leaves the agent to answer, with what the person wrote in the history', async () => {
      const words = { off: '#pausar', on: '#voltar' };
      const store = await openEmpty({ takeover: { takeoverMs: 0, words } });
      await receive(store);
      store.clock.advance(100);

      await receive(store, TYPED);

      const { lease, messages } = await claimTurn(store);
      await store.inbox.commitTurn(lease, aTurnResult());
      expect(messages).toMatchObject([{ text: 'Quanto custa o curso?' }]);
      expect(await store.conversations.history(ANA, 9)).toMatchObject([
        { author: 'customer' },
        { author: 'person' },
        { author: 'agent' },
      ]);
      await store.close();
    });
  });
}
