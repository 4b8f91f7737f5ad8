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
const PHONE = '5583988887777@s.whatsapp.net' as Jid;
const LID = '123456789012345@lid' as Jid;
const OFF = { fromMe: true, id: 'OFF-1', text: '#pausar' } as const;
const ON = { fromMe: true, id: 'ON-1', text: '#voltar' } as const;
const LATER = { id: 'MSG-9', text: 'E no Pix?' } as const;

/** What every store must do when a pause is asked for, by request or by a word in the chat. */
export function takeoversContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the takeovers contract`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('pauses until it is resumed, and answers what comes next', async () => {
      await receive(store);

      const paused = await store.takeovers.pause(ANA);
      store.clock.advance(1_000 * HOUR_MS);
      const meanwhile = await receive(store, { id: 'MSG-2', text: 'Alô?' });
      const resumed = await store.takeovers.resume(ANA);

      expect(paused).toEqual({ contactId: 1, pause: { by: 'request' } });
      expect(meanwhile).toMatchObject({ reason: 'agent_paused' });
      expect(resumed).toEqual({ contactId: 1 });
      await receive(store, LATER);
      expect(await claimTurn(store)).toMatchObject({ messages: [{ text: 'E no Pix?' }] });
    });

    it('pauses for a time, in place of the pause that held', async () => {
      await receive(store);
      await store.takeovers.pause(ANA);
      const until = store.clock.now() + 300_000;

      const paused = await store.takeovers.pause({ phone: PHONE }, 300_000);
      store.clock.advance(300_000);

      expect(paused).toEqual({ contactId: 1, pause: { by: 'request', until } });
      expect(await receive(store, LATER)).toMatchObject({ status: 'accepted' });
    });

    it('cancels what waits and takes the contact from whoever is answering it', async () => {
      await answer(store);
      await receive(store, LATER);
      const { lease } = await claimTurn(store);

      await store.takeovers.pause(ANA);

      expect(await store.inbox.commitTurn(lease, aTurnResult())).toBe('lost');
      expect(await store.outbox.depth()).toBe(0);
      expect(await store.inbox.depth()).toBe(0);
    });

    it.each([{ lid: LID }, { phone: '5583911112222@s.whatsapp.net' as Jid }, 99 as ContactId])(
      'knows nobody by %j',
      async (stranger) => {
        await receive(store);

        expect(await store.takeovers.pause(stranger)).toBeUndefined();
        expect(await store.takeovers.resume(stranger)).toBeUndefined();
      },
    );

    it('finds a contact by the id that it had before it was joined', async () => {
      await receive(store, { chat: 'lid', identity: { lid: LID }, id: 'A', text: 'Oi' });
      await receive(store, { id: 'B', text: 'Quanto custa?' });
      await receive(store, { identity: { phone: PHONE, lid: LID }, id: 'C', text: 'Alô?' });

      expect(await store.takeovers.pause(2 as ContactId)).toMatchObject({ contactId: 1 });
    });

    it.each([
      ['the longer of two', 2 * HOUR_MS, HOUR_MS],
      ['the only one, of the older contact', 2 * HOUR_MS, undefined],
      ['the only one, of the younger contact', undefined, 2 * HOUR_MS],
    ])('keeps %s pauses when contacts become one', async (_which, first, second) => {
      await receive(store, { chat: 'lid', identity: { lid: LID }, id: 'A', text: 'Oi' });
      await receive(store, { id: 'B', text: 'Quanto custa?' });
      const until = store.clock.now() + 2 * HOUR_MS;
      if (first !== undefined) await store.takeovers.pause({ lid: LID }, first);
      if (second !== undefined) await store.takeovers.pause({ phone: PHONE }, second);

      await receive(store, { identity: { phone: PHONE, lid: LID }, id: 'C', text: 'Alô?' });
      store.clock.advance(15_000);

      expect(await store.inbox.claimTurns(9)).toEqual([]);
      expect(await store.inbox.depth()).toBe(0);
      expect(await store.conversations.summaries()).toEqual([
        { contactId: 1, number: '5583988887777', messages: 3, pause: { by: 'request', until } },
      ]);
    });

    it('takes a turn away that began before its contact turned out to be paused', async () => {
      await receive(store, { chat: 'lid', identity: { lid: LID }, id: 'A', text: 'Oi' });
      const { lease } = await claimTurn(store);
      await receive(store, { id: 'OWN', fromMe: true, text: 'Olá, aqui é o Rui' });

      await receive(store, { identity: { phone: PHONE, lid: LID }, id: 'C', text: 'Alô?' });

      expect(await store.inbox.check(lease)).toBe('lost');
    });
  });

  describe(`${storeName} keeps the takeovers contract for words in the chat`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('pauses by the one word until the other, and keeps neither in the history', async () => {
      const off = await receive(store, OFF);
      store.clock.advance(1_000 * HOUR_MS);
      const meanwhile = await receive(store, { id: 'MSG-2', text: 'Alô?' });
      const on = await receive(store, ON);
      const after = await receive(store, LATER);

      expect(off).toEqual({ status: 'switched', agent: 'off', contactId: 1 });
      expect(meanwhile).toMatchObject({ reason: 'agent_paused' });
      expect(on).toEqual({ status: 'switched', agent: 'on', contactId: 1 });
      expect(after).toMatchObject({ status: 'accepted' });
      expect(await store.conversations.history(ANA, 9)).toMatchObject([{ text: 'Alô?' }]);
    });

    it('lists a contact that is paused and has no history', async () => {
      await receive(store, OFF);

      expect(await store.conversations.summaries()).toEqual([
        { contactId: 1, number: '5583988887777', messages: 0, pause: { by: 'word' } },
      ]);
    });

    it('ends at once the pause that a person began by writing', async () => {
      await receive(store, { fromMe: true, id: 'OWN-1', text: 'Já vejo' });

      await receive(store, ON);

      expect(await receive(store, LATER)).toMatchObject({ status: 'accepted' });
    });

    it('leaves the last say to the word, though a send was under way when a person wrote before', async () => {
      await answer(store);
      const delivery = await beginDelivery(store);
      await receive(store, { fromMe: true, id: 'OWN-1', text: 'Já vejo' });
      await receive(store, ON);
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'OUT-1' });

      expect(await receive(store, LATER)).toMatchObject({ status: 'accepted' });
      expect(await store.conversations.history(ANA, 9)).toMatchObject([
        { author: 'customer' },
        { author: 'agent' },
        { author: 'person', text: 'Já vejo' },
      ]);
    });

    it('hears a person again who writes after the word, though the send is still under way', async () => {
      await answer(store);
      const delivery = await beginDelivery(store);
      await receive(store, { fromMe: true, id: 'OWN-1', text: 'Já vejo' });
      await receive(store, ON);
      await receive(store, { fromMe: true, id: 'OWN-2', text: 'Ou melhor, eu mesma respondo' });
      await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'OUT-1' });

      expect(await receive(store, LATER)).toMatchObject({ reason: 'agent_paused' });
    });

    it('is not switched off again by the redelivery of a word', async () => {
      await receive(store, OFF);
      await receive(store, ON);

      expect(await receive(store, OFF)).toMatchObject({ reason: 'own_message' });
      expect(await receive(store, LATER)).toMatchObject({ status: 'accepted' });
    });

    it('heeds no word that comes too late', async () => {
      const arrival = { message: anIncomingMessage(OFF), keepOnly: 'too_old' as const };

      const receptions = await store.inbox.add({ ...anArrivalBatch(), arrivals: [arrival] });

      expect(receptions).toMatchObject([{ reason: 'own_message' }]);
      expect(await receive(store, LATER)).toMatchObject({ status: 'accepted' });
      expect(await store.conversations.history(ANA, 9)).toEqual([]);
    });

    it('takes the word for nothing special when the contact writes it', async () => {
      expect(await receive(store, { text: '#pausar' })).toMatchObject({ status: 'accepted' });
      expect(await receive(store, LATER)).toMatchObject({ status: 'accepted' });
    });

    it("heeds the words on the shop's own phone while it is answered like a customer", async () => {
      const trial = await openEmpty({ ignoreFromMe: false });
      const own = { fromMe: true, id: 'OWN-1', text: 'Quanto custa?' };

      const off = await receive(trial, OFF);
      const during = await receive(trial, own);
      await receive(trial, ON);
      const after = await receive(trial, { ...own, id: 'OWN-2', text: 'E à vista?' });

      expect(off).toMatchObject({ status: 'switched' });
      expect(during).toMatchObject({ reason: 'agent_paused' });
      expect(after).toMatchObject({ status: 'accepted' });
      await trial.close();
    });
  });
}
