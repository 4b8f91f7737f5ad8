import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Jid } from '../../src/domain/contact.ts';
import { aTurnResult } from '../builders/a-turn-result.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  answer,
  beginDelivery,
  claimTurn,
  receive,
} from '../support/store-under-test.ts';

const PHONE = '5583988887777@s.whatsapp.net' as Jid;
const LID = '123456789012345@lid' as Jid;
const BY_LID = { chat: 'lid', identity: { lid: LID } } as const;
const BY_BOTH = { chat: 'phone', identity: { phone: PHONE, lid: LID } } as const;

/** What every inbox must do when two contacts turn out to be one person. */
export function inboxJoinContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the inbox contract when contacts become one`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('answers what both had written in one turn, in the order in which it came', async () => {
      await receive(store, { ...BY_LID, id: 'A', text: 'Oi' });
      await receive(store, { id: 'B', text: 'Quanto custa?' });
      await receive(store, { ...BY_BOTH, id: 'C', text: 'Alô?' });

      store.clock.advance(15_000);
      const turns = await store.inbox.claimTurns(9);

      expect(turns).toHaveLength(1);
      expect(turns[0]).toMatchObject({
        contactId: 1,
        replyTo: PHONE,
        messages: [{ text: 'Oi' }, { text: 'Quanto custa?' }, { text: 'Alô?' }],
      });
    });

    it('knows the words of both when they come again', async () => {
      await receive(store, { ...BY_LID, id: 'A', text: 'Oi' });
      await receive(store, { id: 'B', text: 'Quanto custa?' });
      await receive(store, { ...BY_BOTH, id: 'C', text: 'Alô?' });

      const duplicate = { status: 'ignored', reason: 'duplicate' };
      expect(await receive(store, { ...BY_BOTH, id: 'D', text: 'Oi' })).toMatchObject(duplicate);
      expect(await receive(store, { ...BY_BOTH, id: 'E', text: 'Quanto custa?' })).toMatchObject(
        duplicate,
      );
    });

    it('joins the histories, and finds them under either number', async () => {
      await answer(store, { ...BY_LID, id: 'A', text: 'Oi' }, { parts: ['Olá!'] });
      await answer(store, { id: 'B', text: 'Quanto custa?' }, { parts: ['350'] });

      await receive(store, { ...BY_BOTH, id: 'C', text: 'Alô?' });

      const texts = [{ text: 'Oi' }, { text: 'Olá!' }, { text: 'Quanto custa?' }, { text: '350' }];
      expect(await store.conversations.history(1 as never, 9)).toMatchObject(texts);
      expect(await store.conversations.history(2 as never, 9)).toMatchObject(texts);
      expect(await store.conversations.summaries()).toEqual([
        { contactId: 1, number: '5583988887777', messages: 4 },
      ]);
    });

    it('sends the replies of both one after the other', async () => {
      await answer(store, { ...BY_LID, id: 'A', text: 'Oi' }, { parts: ['Olá!'] });
      await answer(store, { id: 'B', text: 'Quanto custa?' }, { parts: ['350'] });
      await receive(store, { ...BY_BOTH, id: 'C', text: 'Alô?' });

      const deliveries = await store.outbox.claimDeliveries(9);

      expect(deliveries).toMatchObject([{ contactId: 1, to: PHONE, text: 'Olá!' }]);
    });

    it('voids the lease of a turn that has not seen all that waits', async () => {
      await receive(store, { ...BY_LID, id: 'A', text: 'Oi' });
      await receive(store, { id: 'B', text: 'Quanto custa?' });
      store.clock.advance(15_000);
      const turns = await store.inbox.claimTurns(9);

      await receive(store, { ...BY_BOTH, id: 'C', text: 'Alô?' });

      expect(turns).toHaveLength(2);
      for (const { lease } of turns) {
        expect(await store.inbox.commitTurn(lease, aTurnResult({ evenIfNewer: true }))).toBe(
          'lost',
        );
      }
      expect(await claimTurn(store)).toMatchObject({
        messages: [{ text: 'Oi' }, { text: 'Quanto custa?' }, { text: 'Alô?' }],
      });
    });

    it('keeps the flag for a person', async () => {
      await answer(store, { id: 'B', text: 'Oi' });
      await answer(store, { ...BY_LID, id: 'A', text: 'Oi' }, { flag: 'reclamação' });

      await receive(store, { ...BY_BOTH, id: 'C', text: 'Alô?' });

      const [summary] = await store.conversations.summaries();
      expect(summary).toMatchObject({ contactId: 1, person: { reason: 'reclamação' } });
    });

    it('settles a delivery that had begun before', async () => {
      await receive(store, { id: 'B', text: 'Oi' });
      await answer(store, { ...BY_LID, id: 'A', text: 'Bom dia' });
      const turn = await claimTurn(store);
      await store.inbox.commitTurn(turn.lease, aTurnResult({ parts: [] }));
      const delivery = await beginDelivery(store);
      await receive(store, { ...BY_BOTH, id: 'C', text: 'Alô?' });

      expect(await store.outbox.settle(delivery, { kind: 'sent', gatewayId: 'OUT-1' })).toBe(
        'sent',
      );
    });
  });
}
