import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';

import { type ContactId, type Jid } from '../../../src/domain/contact.ts';
import { type OutboxId } from '../../../src/domain/delivery.ts';
import { describeWith } from '../../support/describe-with.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../../support/postgres-server.ts';
import { emptyPostgresStores } from '../../support/postgres-store-under-test.ts';
import { type StoreUnderTest, answer, receive } from '../../support/store-under-test.ts';

const PHONE = '5583988887777@s.whatsapp.net' as Jid;
const LID = '123456789012345@lid' as Jid;
const CONTACTS = [1, 2, 3, 4, 5, 6, 7, 8] as ContactId[];

describeWith(POSTGRES, 'PostgresTakeovers', (binaries) => {
  let server: PostgresServer;
  let store: StoreUnderTest;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());
  beforeEach(async () => {
    store = await emptyPostgresStores(() => server)();
  });
  afterEach(() => store.close());

  it('leaves each reply either begun or cancelled when pauses and claims come at once', async () => {
    for (const id of CONTACTS) {
      const identity = { phone: `558398888000${id}@s.whatsapp.net` as Jid };
      await answer(store, { id: `MSG-${id}`, identity });
    }

    const [one, other] = await Promise.all([
      store.outbox.claimDeliveries(8),
      store.outbox.claimDeliveries(8),
      ...CONTACTS.map((id) => store.takeovers.pause(id)),
    ]);

    const begun = [...one, ...other].map(({ id }) => id);
    for (const id of CONTACTS as readonly number[] as OutboxId[]) {
      const state = begun.includes(id) ? 'sending' : 'cancelled';
      expect(await store.outbox.find(id)).toMatchObject({ state });
    }
    expect(await store.outbox.claimDeliveries(8)).toEqual([]);
  });

  it('pauses the one contact that is left when two are joined at the same moment', async () => {
    await receive(store, { chat: 'lid', identity: { lid: LID }, id: 'A', text: 'Oi' });
    await receive(store, { id: 'B', text: 'Quanto custa?' });

    const [paused] = await Promise.all([
      store.takeovers.pause(2 as ContactId),
      receive(store, { identity: { phone: PHONE, lid: LID }, id: 'C', text: 'Alô?' }),
    ]);

    expect(paused).toMatchObject({ pause: { by: 'request' } });
    expect(await store.conversations.summaries()).toMatchObject([
      { contactId: 1, pause: { by: 'request' } },
    ]);
  });
});
