import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { aTurnResult } from '../builders/a-turn-result.ts';
import {
  type OpenStore,
  type StoreUnderTest,
  claimTurn,
  receive,
} from '../support/store-under-test.ts';

/** What every inbox must do when a contact says the same again. */
export function inboxRepetitionContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the inbox contract for repeated words`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    /** Hears "Sim" and answers it within DEDUP_TTL. */
    async function answerQuickly(id: { id?: string }): Promise<void> {
      await receive(store, { text: 'Sim', ...id });
      store.clock.advance(2_000);
      const [turn] = await store.inbox.claimTurns(1);
      if (turn === undefined) throw new Error('no turn is due');
      await store.inbox.commitTurn(turn.lease, aTurnResult());
    }

    it('accepts the same words with another id once the first are answered', async () => {
      await answerQuickly({ id: 'A' });

      expect(await receive(store, { id: 'B', text: 'Sim' })).toMatchObject({ status: 'accepted' });
    });

    it('refuses the same words without an id within DEDUP_TTL, answered or not', async () => {
      const nameless = { id: undefined as never };
      await answerQuickly(nameless);

      expect(await receive(store, { text: 'Sim', ...nameless })).toMatchObject({
        reason: 'duplicate',
      });
    });

    it('knows the words of twelve messages that wait', async () => {
      const texts = Array.from({ length: 12 }, (_, index) => `mensagem ${index}`);
      for (const text of texts) await receive(store, { id: text, text });

      const again = [];
      for (const text of texts) again.push(await receive(store, { id: `de novo: ${text}`, text }));

      expect(again).toEqual(
        texts.map(() => expect.objectContaining({ status: 'ignored', reason: 'duplicate' })),
      );
    });

    it('accepts two photos with one caption', async () => {
      await receive(store, { id: 'A', kind: 'image', text: 'é este?' });

      expect(await receive(store, { id: 'B', kind: 'image', text: 'é este?' })).toMatchObject({
        status: 'accepted',
      });
    });

    it('is due no sooner for a message that comes in during the pause after an error', async () => {
      await receive(store, { id: 'A', text: 'oi' });
      const { lease } = await claimTurn(store);
      await store.inbox.giveBack(lease, { laterMs: 5_000 });

      await receive(store, { id: 'B', text: 'alguém aí?' });

      expect(await store.inbox.nextTurnInMs()).toBe(5_000);
    });

    it('records what a turn that is begun anew has cost, and counts it as no reply', async () => {
      await receive(store, { id: 'A', text: 'oi' });
      const { lease } = await claimTurn(store);
      const spent = { tokensIn: 900, tokensCached: 0, tokensOut: 100 };

      await store.inbox.giveBack(lease, 'redo', spent);

      expect(await store.conversations.tokensWithinMs(1_000)).toBe(1_000);
      expect(await claimTurn(store)).toMatchObject({ repliesLastHour: 0, redo: 1 });
    });
  });
}
