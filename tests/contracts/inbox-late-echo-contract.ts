import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Jid } from '../../src/domain/contact.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  answer,
  beginDelivery,
  receive,
} from '../support/store-under-test.ts';

const REPLY = 'O curso custa R$ 350,00.';
const TIMED_OUT = { kind: 'unknown', reason: 'no answer' } as const;

/** What every inbox must do with echoes that come late, twice, or under another address. */
export function inboxLateEchoContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the inbox contract for late echoes`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
      await answer(store, {}, { parts: [REPLY] });
    });
    afterEach(() => store.close());

    function echo(id: string, more: object = {}): Promise<unknown> {
      return receive(store, { fromMe: true, id, text: REPLY, ...more });
    }

    async function authors(): Promise<string[]> {
      const entries = await store.conversations.history(1 as never, 9);
      return entries.map(({ author }) => author);
    }

    /** Sends, hears nothing, and begins the one repetition. */
    async function sendTwice(): Promise<Awaited<ReturnType<typeof beginDelivery>>> {
      await store.outbox.settle(await beginDelivery(store), TIMED_OUT);
      store.clock.advance(15_000);
      return beginDelivery(store);
    }

    it('takes both echoes of a reply that was sent twice for ours', async () => {
      const second = await sendTwice();
      await echo('OUT-1');
      await echo('OUT-2');
      await store.outbox.settle(second, { kind: 'sent', gatewayId: 'OUT-2' });

      expect(await authors()).toEqual(['customer', 'agent']);
    });

    it('takes a third message with these words for typed by a person', async () => {
      await sendTwice();
      await echo('OUT-1');
      await echo('OUT-2');
      await echo('TYPED');

      expect(await authors()).toEqual(['customer', 'agent', 'person']);
    });

    it('believes the echo of a reply that is held', async () => {
      await store.outbox.settle(await sendTwice(), TIMED_OUT);
      store.clock.advance(15_000);
      await store.outbox.claimDeliveries(1);
      const before = await store.outbox.find(1 as never);

      await echo('OUT-1');

      expect(before).toMatchObject({ state: 'held' });
      expect(await store.outbox.find(1 as never)).toMatchObject({ state: 'sent' });
      expect(await authors()).toEqual(['customer', 'agent']);
    });

    it('does not repeat a reply whose first echo comes while the repetition waits', async () => {
      const second = await sendTwice();
      await store.outbox.settle(second, { kind: 'not_sent', reason: 'refused' });

      await echo('OUT-1');

      expect(await store.outbox.find(1 as never)).toMatchObject({ state: 'sent' });
      expect(await store.outbox.depth()).toBe(0);
    });

    it('learns the lid of the contact from an echo under it', async () => {
      await store.outbox.settle(await beginDelivery(store), TIMED_OUT);

      await echo('OUT-1', { chat: 'lid', identity: { lid: '77@lid' as Jid } });

      expect(await store.outbox.find(1 as never)).toMatchObject({ state: 'sent' });
      expect(
        await receive(store, { id: 'B', chat: 'lid', identity: { lid: '77@lid' as Jid } }),
      ).toMatchObject({ contactId: 1 });
    });

    it('guesses no lid when two contacts are being sent the same words', async () => {
      const identity = { phone: '5583977776666@s.whatsapp.net' as Jid };
      await answer(store, { id: 'B', identity }, { parts: [REPLY] });
      await store.outbox.claimDeliveries(9);

      const reception = await echo('OUT-1', { chat: 'lid', identity: { lid: '77@lid' as Jid } });

      expect(reception).toMatchObject({ contactId: 3 });
    });

    it('leaves what a person typed theirs when it comes again while we say the same', async () => {
      await echo('TYPED');
      await store.takeovers.resume(1 as never);
      await answer(store, { id: 'B', text: 'E agora?' }, { parts: [REPLY] });
      const { id } = await beginDelivery(store);

      await echo('TYPED');

      expect(await store.outbox.find(id)).toMatchObject({ state: 'sending' });
    });
  });
}
