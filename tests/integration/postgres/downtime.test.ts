import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';

import { type Store } from '../../../src/application/ports/outbound/store.ts';
import { type Jid } from '../../../src/domain/contact.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';
import { describeWith } from '../../support/describe-with.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../../support/postgres-server.ts';
import { openTestStore } from '../../support/postgres-store-under-test.ts';
import { receive } from '../../support/store-under-test.ts';

const REPLY = 'O curso custa R$ 350,00.';
const identity = { phone: '5583988887777@s.whatsapp.net' as Jid };

describeWith(POSTGRES, 'PostgresStore after a downtime of all processes', (binaries) => {
  let server: PostgresServer;
  let url: string;
  let clock: ManualStoreClock;
  let store: Store;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());
  beforeEach(async () => {
    url = await server.emptySchema();
    clock = new ManualStoreClock();
    store = await openTestStore({ url, clock });
    await store.outbox.enqueue({ identity, parts: [REPLY] });
  });
  afterEach(() => store.close());

  async function restartAfter(ms: number): Promise<void> {
    await store.close();
    clock.advance(ms);
    store = await openTestStore({ url, clock, owner: 'worker-2' });
  }

  it('gives the gateway time to deliver the echo of a send that was interrupted', async () => {
    await store.outbox.claimDeliveries(1);
    await restartAfter(60_000);
    const atOnce = await store.outbox.claimDeliveries(1);
    clock.advance(14_000);
    await receive(store, { fromMe: true, id: 'OUT-1', text: REPLY });
    clock.advance(60_000);

    expect(atOnce).toEqual([]);
    expect(await store.outbox.claimDeliveries(1)).toEqual([]);
    expect(await store.outbox.find(1 as never)).toMatchObject({ state: 'sent' });
  });

  it('gives the same time to a send that was unconfirmed before', async () => {
    const [delivery] = await store.outbox.claimDeliveries(1);
    await store.outbox.settle(delivery as never, { kind: 'unknown', reason: 'no answer' });
    await restartAfter(60_000);
    const atOnce = await store.outbox.claimDeliveries(1);
    clock.advance(15_000);

    expect(atOnce).toEqual([]);
    expect(await store.outbox.claimDeliveries(1)).toMatchObject([{ id: 1, attempt: 2 }]);
  });
});
