import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Client } from 'pg';

import { type Store } from '../../../src/application/ports/outbound/store.ts';
import { type Jid } from '../../../src/domain/contact.ts';
import { describeWith } from '../../support/describe-with.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../../support/postgres-server.ts';
import { openTestStore } from '../../support/postgres-store-under-test.ts';
import { receive } from '../../support/store-under-test.ts';

const ANA = { phone: '5583988887777@s.whatsapp.net' as Jid };
const RUI = { phone: '5583911112222@s.whatsapp.net' as Jid };

describeWith(POSTGRES, 'a contact that another transaction holds', (binaries) => {
  let server: PostgresServer;
  let store: Store;
  let holder: Client;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());
  beforeEach(async () => {
    const url = await server.emptySchema();
    store = await openTestStore({ url, timing: { quietMs: 0, maxWaitMs: 0 } });
    holder = new Client({ connectionString: url });
    await holder.connect();
  });
  afterEach(async () => {
    await holder.end();
    await store.close();
  });

  /** The first contact's row, as by a process that is slow or stands still. */
  async function hold(): Promise<void> {
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM contact ORDER BY id LIMIT 1 FOR UPDATE');
  }

  it('keeps nobody else’s turns waiting', async () => {
    await receive(store, { identity: ANA, id: 'A' });
    await receive(store, { identity: RUI, id: 'B' });
    await hold();

    const meanwhile = await store.inbox.claimTurns(2);
    await holder.query('ROLLBACK');
    const afterwards = await store.inbox.claimTurns(2);

    expect(meanwhile.map(({ replyTo }) => replyTo)).toEqual([RUI.phone]);
    expect(afterwards.map(({ replyTo }) => replyTo)).toEqual([ANA.phone]);
  });

  it('keeps nobody else’s replies waiting', async () => {
    await store.outbox.enqueue({ identity: ANA, parts: ['Um'] });
    await store.outbox.enqueue({ identity: RUI, parts: ['Dois'] });
    await hold();

    const meanwhile = await store.outbox.claimDeliveries(2);
    await holder.query('ROLLBACK');
    const afterwards = await store.outbox.claimDeliveries(2);

    expect(meanwhile.map(({ text }) => text)).toEqual(['Dois']);
    expect(afterwards.map(({ text }) => text)).toEqual(['Um']);
  });

  it('is taken over later from a process that is gone, whose other contacts are free at once', async () => {
    const [mine, other] = [{ host: 'shop' }, { place: 'boot-1', pid: 1, pidStarted: 1 }];
    await store.registry.register(other, mine);
    await receive(store, { identity: ANA, id: 'A' });
    await receive(store, { identity: RUI, id: 'B' });
    await store.inbox.claimTurns(2);
    await hold();

    const first = await store.registry.release('worker-1');
    await holder.query('ROLLBACK');
    const second = await store.registry.release('worker-1');

    expect([first.contacts, second.contacts]).toEqual([1, 1]);
    expect(await store.inbox.claimTurns(2)).toHaveLength(2);
  });
});
