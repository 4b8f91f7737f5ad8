import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Jid } from '../../src/domain/contact.ts';
import { retentionAges } from '../../src/domain/retention.ts';
import { purgeAll } from '../support/purge-all.ts';
import { answer, type OpenStore, type StoreUnderTest } from '../support/store-under-test.ts';

const DAY_MS = 86_400_000;
const PAGE = { withinMs: 30 * DAY_MS, limit: 10 };
const UNANSWERED = { record: { unanswered: true } } as const;

/** What every store must tell of what customers asked. */
export function turnLogContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the turn log contract`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('tells the questions that were not answered, the newest first, with the profile’s name', async () => {
      await answer(store, { id: 'A', text: 'Tem estacionamento?', name: 'Ana' }, UNANSWERED);
      await answer(store, { id: 'B', text: 'Quanto custa?' });
      const identity = { phone: '5583911112222@s.whatsapp.net' as Jid };
      await answer(store, { id: 'C', text: 'Entregam?', identity, name: 'Bia' }, UNANSWERED);

      expect(await store.turnLog.unanswered(PAGE)).toEqual([
        { text: 'Entregam?', name: 'Bia' },
        { text: 'Tem estacionamento?', name: 'Ana' },
      ]);
      expect(await store.turnLog.unanswered({ ...PAGE, limit: 1 })).toMatchObject([
        { text: 'Entregam?' },
      ]);
    });

    it('forgets them with time, and with their words', async () => {
      await answer(store, { text: 'Tem estacionamento?' }, UNANSWERED);
      store.clock.advance(2 * DAY_MS);

      expect(await store.turnLog.unanswered({ ...PAGE, withinMs: DAY_MS })).toEqual([]);
      expect(await store.turnLog.unanswered(PAGE)).toHaveLength(1);

      await purgeAll(store, retentionAges(DAY_MS));

      expect(await store.turnLog.unanswered(PAGE)).toEqual([]);
    });

    it('tells the passages that turns found, the newest first', async () => {
      const one = [{ id: 'a.txt#1', score: 1.5 }];
      const two = [{ id: 'b.txt#1', score: 0 }];
      await answer(store, { id: 'A' }, { record: { passages: one } });
      await answer(store, { id: 'B' }, { record: {} });
      await answer(store, { id: 'C' }, { record: { passages: two } });

      expect(await store.turnLog.found(PAGE)).toEqual([two, one]);
      expect(await store.turnLog.found({ ...PAGE, limit: 1 })).toEqual([two]);

      store.clock.advance(2 * DAY_MS);

      expect(await store.turnLog.found({ ...PAGE, withinMs: DAY_MS })).toEqual([]);
    });
  });
}
