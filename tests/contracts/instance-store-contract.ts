import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Jid } from '../../src/domain/contact.ts';
import { type OpenStore, type StoreUnderTest } from '../support/store-under-test.ts';

/** What every instance store must do. */
export function instanceStoreContract(storeName: string, openEmpty: OpenStore): void {
  describe(`${storeName} keeps the instance store contract`, () => {
    let store: StoreUnderTest;

    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('knows nothing before the gateway was heard of', async () => {
      expect(await store.instances.state()).toEqual({});
    });

    it('tells one of eight callers that the connection is news', async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => store.instances.setConnected(true)),
      );

      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await store.instances.state()).toEqual({ connected: true });
    });

    it('counts a lost connection as news, also when it is the first that is heard', async () => {
      expect(await store.instances.setConnected(false)).toBe(true);
      expect(await store.instances.setConnected(true, '5583900000000@s.whatsapp.net' as Jid)).toBe(
        true,
      );
      expect(await store.instances.setConnected(false)).toBe(true);
      expect(await store.instances.state()).toEqual({ connected: false });
    });
  });
}
