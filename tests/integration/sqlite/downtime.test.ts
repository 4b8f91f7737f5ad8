import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Store } from '../../../src/application/ports/outbound/store.ts';
import { type Jid } from '../../../src/domain/contact.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';
import { openTestStore } from '../../support/sqlite-store-under-test.ts';
import { receive } from '../../support/store-under-test.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const REPLY = 'O curso custa R$ 350,00.';
const identity = { phone: '5583988887777@s.whatsapp.net' as Jid };

describe('the store after a downtime of all processes', () => {
  let files: ReturnType<typeof temporaryFolder>;
  let file: string;
  let clock: ManualStoreClock;
  let store: Store;

  beforeEach(async () => {
    files = temporaryFolder();
    file = path.join(files.folder, 'agent.db');
    clock = new ManualStoreClock();
    store = await openTestStore({ file, clock });
    await store.outbox.enqueue({ identity, parts: [REPLY] });
  });
  afterEach(async () => {
    await store.close();
    files.remove();
  });

  async function restartAfter(ms: number): Promise<void> {
    await store.close();
    clock.advance(ms);
    store = await openTestStore({ file, clock, owner: 'worker-2' });
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
