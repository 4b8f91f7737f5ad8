import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Jid } from '../../src/domain/contact.ts';
import { retentionAges } from '../../src/domain/retention.ts';
import { aTurnResult } from '../builders/a-turn-result.ts';
import {
  ANA,
  APOLOGY,
  failReply,
  failTurn,
  flagOfAna,
  holdReply,
  REFUSED,
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

/** What every store must do about what was given up. */
export function deadLettersContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the dead letters contract`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty({ sendUnknown: 'hold' });
    });
    afterEach(() => store.close());

    it('lists nothing while nothing was given up', async () => {
      await answer(store, {}, { outcome: 'silent', parts: [] });
      await answer(store, { id: 'B' }, { outcome: 'withheld', source: 'fixed' });
      await beginDelivery(store);

      expect(await store.deadLetters.list({ limit: 9 })).toEqual([]);
      expect(await store.deadLetters.counts()).toEqual({
        failedTurns: 0,
        failedReplies: 0,
        heldReplies: 0,
      });
    });

    it('lists a turn that ended with the apology, with all that the customer wrote', async () => {
      await failTurn(store, ['Oi', 'Quanto custa?']);

      expect(await store.deadLetters.list({ limit: 9 })).toEqual([
        {
          kind: 'turn',
          id: 1,
          state: 'failed',
          contactId: ANA,
          number: '5583988887777',
          text: 'Oi\nQuanto custa?',
          error: 'timeout: no answer',
          since: store.clock.now(),
        },
      ]);
    });

    it('lists a reply that failed, and one that is held, the newest first', async () => {
      const failed = await failReply(store, ['Refused']);
      const failedAt = store.clock.now();
      const held = await holdReply(store);

      const letters = await store.deadLetters.list({ limit: 9 });

      expect(letters).toMatchObject([
        { kind: 'reply', id: held, state: 'held', text: 'Um', since: store.clock.now() },
        { kind: 'reply', id: failed, state: 'failed', text: 'Refused', since: failedAt },
      ]);
      expect(letters[1]).toMatchObject({ error: 'HTTP 400', number: '5583988887777' });
      expect(await store.deadLetters.counts()).toEqual({
        failedTurns: 0,
        failedReplies: 1,
        heldReplies: 1,
      });
    });

    it('hands the list out in pages, each letter once, equal times or not', async () => {
      const identities = [2, 3, 4].map((n) => ({
        phone: `558391111000${n}@s.whatsapp.net` as Jid,
      }));
      for (const identity of identities) await receive(store, { identity, id: identity.phone });
      store.clock.advance(15_000);
      for (const { lease } of await store.inbox.claimTurns(3)) {
        await store.inbox.commitTurn(lease, aTurnResult(APOLOGY));
      }
      for (const apology of await store.outbox.claimDeliveries(3)) {
        await store.outbox.settle(apology, REFUSED);
      }
      const all = await store.deadLetters.list({ limit: 9 });
      const paged: unknown[] = [];
      let after = (await store.deadLetters.list({ limit: 1 }))[0];
      while (after !== undefined) {
        paged.push(after);
        [after] = await store.deadLetters.list({ limit: 1, after });
      }

      expect(all).toHaveLength(6);
      expect(paged).toEqual(all);
    });

    it('settles a dismissed reply by its late echo all the same', async () => {
      const id = await holdReply(store);
      await store.deadLetters.dismiss({ kind: 'reply', id });

      await receive(store, { fromMe: true, id: 'ECHO-1', text: 'Um' });

      expect(await store.outbox.find(id)).toMatchObject({ state: 'sent' });
    });

    it('lets the contact wait for no person once the last one is decided about', async () => {
      await failTurn(store);
      const id = await failReply(store);
      const before = await flagOfAna(store);
      await store.deadLetters.dismiss({ kind: 'turn', id: 1 });
      const between = await flagOfAna(store);
      await store.deadLetters.retry({ kind: 'reply', id });

      expect([before, between]).toEqual([
        'resposta não entregue: HTTP 400',
        'resposta não entregue: HTTP 400',
      ]);
      expect(await flagOfAna(store)).toBeUndefined();
    });

    it('leaves a contact flagged that waits for a person for another reason', async () => {
      await failTurn(store);
      await answer(store, { id: 'B' }, { flag: 'reclamação' });

      await store.deadLetters.dismiss({ kind: 'turn', id: 1 });

      expect(await flagOfAna(store)).toBe('reclamação');
    });

    it('follows a contact that turns out to be another one', async () => {
      await receive(store, { identity: { lid: '129876543210@lid' as Jid } });
      const { lease } = await claimTurn(store);
      await store.inbox.commitTurn(lease, aTurnResult(APOLOGY));
      const both = { phone: BIA.phone, lid: '129876543210@lid' as Jid };
      await receive(store, { identity: BIA, id: 'B' });
      await receive(store, { identity: both, id: 'C' });

      expect(await store.deadLetters.list({ limit: 9 })).toMatchObject([
        { contactId: ANA, number: '5583911112222' },
      ]);
    });

    it('erases what was dismissed with what is as old', async () => {
      await failTurn(store);
      const id = await failReply(store);
      await store.deadLetters.dismiss({ kind: 'turn', id: 1 });
      await store.deadLetters.dismiss({ kind: 'reply', id });
      store.clock.advance(90 * DAY_MS);

      expect(await purgeAll(store, retentionAges(DAY_MS))).toMatchObject({
        messages: 2,
        replies: 2,
        turns: 2,
      });
      expect(await store.outbox.find(id)).toBeUndefined();
    });
  });
}
