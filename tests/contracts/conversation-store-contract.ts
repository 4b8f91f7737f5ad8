import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type ContactId, type Jid } from '../../src/domain/contact.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  answer,
  receive,
} from '../support/store-under-test.ts';

const ANA = 1 as ContactId;
const PHONE = { phone: '5583988887777@s.whatsapp.net' as Jid };
const STRANGER = { phone: '5583911112222@s.whatsapp.net' as Jid };

/** What every conversation store must do. */
export function conversationStoreContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the conversation store contract`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('does not count a message that waits for its answer as said', async () => {
      await receive(store);

      expect(await store.conversations.history(ANA, 9)).toEqual([]);
      expect(await store.conversations.summaries()).toEqual([]);
    });

    it('hands out the newest entries, oldest first', async () => {
      await answer(store, { id: 'A', text: 'um' }, { parts: ['dois'] });
      await answer(store, { id: 'B', text: 'três' }, { parts: ['quatro'] });

      expect(await store.conversations.history(ANA, 3)).toMatchObject([
        { author: 'agent', text: 'dois' },
        { author: 'customer', text: 'três' },
        { author: 'agent', text: 'quatro' },
      ]);
    });

    it('knows which replies were approved', async () => {
      await answer(store, { id: 'A', text: 'um' }, { parts: ['dois'], approved: true });
      await answer(store, { id: 'B', text: 'três' }, { parts: ['quatro'] });

      const said = await store.conversations.history(ANA, 9);

      expect(said.map(({ text, approved }) => [text, approved])).toEqual([
        ['um', undefined],
        ['dois', true],
        ['três', undefined],
        ['quatro', undefined],
      ]);
    });

    it('forgets what was said, and nothing else', async () => {
      await answer(store, {}, { flag: 'reclamação' });

      expect(await store.conversations.reset(PHONE)).toBe(true);
      expect(await store.conversations.history(ANA, 9)).toEqual([]);
      expect(await store.outbox.depth()).toBe(1);
      expect(await store.conversations.summaries()).toMatchObject([
        { messages: 0, person: { reason: 'reclamação' } },
      ]);
    });

    it('finds the contact to forget with or without the ninth digit', async () => {
      await answer(store);

      const known = await store.conversations.reset({
        phone: '558388887777@s.whatsapp.net' as Jid,
      });

      expect(known).toBe(true);
      expect(await store.conversations.history(ANA, 9)).toEqual([]);
    });

    it('knows nobody by a number that never wrote', async () => {
      await answer(store);

      expect(await store.conversations.reset(STRANGER)).toBe(false);
      expect(await store.conversations.history(ANA, 9)).toHaveLength(2);
    });

    it('gives the phone as received, and a lid with its server', async () => {
      await answer(store, { id: 'A' });
      await answer(store, { id: 'B', chat: 'lid', identity: { lid: '4711@lid' as Jid } });

      expect(await store.conversations.summaries()).toEqual([
        { contactId: 1, number: '5583988887777', messages: 2 },
        { contactId: 2, number: '4711@lid', messages: 2 },
      ]);
    });

    it('keeps the time of the first flag and the reason of the last', async () => {
      await answer(store, { id: 'A', text: 'um' }, { flag: 'primeiro' });
      const since = store.clock.now();
      await answer(store, { id: 'B', text: 'dois' }, { flag: 'segundo' });

      expect(await store.conversations.summaries()).toMatchObject([
        { person: { reason: 'segundo', since } },
      ]);
    });

    it('hands out the newest turns with all that was recorded of them', async () => {
      const record = {
        model: 'gpt-4o',
        tokensIn: 100,
        tokensCached: 0,
        tokensOut: 8,
        cost: 0.25,
        modelMs: 900,
        knowledgeVersion: 'v-1a2b',
        passages: [{ id: 'excel.txt#1', score: 2.5 }],
        facts: [
          { kind: 'money', value: 'BRL:29700', text: 'R$ 297,00', source: 'excel.txt#1' },
          { kind: 'percent', value: '10', text: '10%', offence: 'not_found' },
        ],
        verdict: 'withheld',
      } as const;
      await answer(store, { id: 'A', text: 'um' }, { record: { verdict: 'passed' } });
      await answer(store, { id: 'B', text: 'dois' }, { record });
      const [second, first] = await store.conversations.turns({ limit: 9 });

      expect(second).toMatchObject({ contactId: ANA, number: '5583988887777', record });
      expect(first?.record).toEqual({ verdict: 'passed' });
      expect(await store.conversations.turns({ limit: 1 })).toEqual([second]);
      expect(await store.conversations.turns({ limit: 9, verdict: 'withheld' })).toEqual([second]);
      expect(await store.conversations.turns({ limit: 9, contactId: 99 as ContactId })).toEqual([]);
    });

    it('sums the tokens of the turns of the time asked for', async () => {
      await answer(store, { id: 'A', text: 'um' }, { record: { tokensIn: 1_000, tokensOut: 50 } });
      store.clock.advance(3_600_000);
      await answer(store, { id: 'B', text: 'dois' }, { record: { tokensIn: 200, tokensOut: 30 } });
      await answer(store, { id: 'C', text: 'três' }, { record: {} });

      expect(await store.conversations.tokensWithinMs(3_600_000)).toBe(230);
      expect(await store.conversations.tokensWithinMs(86_400_000)).toBe(1_280);
    });
  });
}
