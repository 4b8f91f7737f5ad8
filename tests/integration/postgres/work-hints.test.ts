import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';

import { type Store } from '../../../src/application/ports/outbound/store.ts';
import { type WorkTopic } from '../../../src/application/ports/outbound/work-signal.ts';
import { type Jid } from '../../../src/domain/contact.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';
import { describeWith } from '../../support/describe-with.ts';
import { eventually } from '../../support/polling.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../../support/postgres-server.ts';
import { openTestStore } from '../../support/postgres-store-under-test.ts';
import { answer, receive } from '../../support/store-under-test.ts';

describeWith(POSTGRES, 'WorkHints', (binaries) => {
  let server: PostgresServer;
  let clock: ManualStoreClock;
  let here: Store;
  let there: Store;
  let heardHere: WorkTopic[];
  let heardThere: WorkTopic[];

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
  }, SERVER_START_MS);
  afterAll(() => server.stop());
  beforeEach(async () => {
    const url = await server.emptyDatabase();
    clock = new ManualStoreClock();
    heardHere = [];
    heardThere = [];
    const open = (owner: string, heard: WorkTopic[]): Promise<Store> =>
      openTestStore({
        url,
        clock,
        owner,
        timing: { quietMs: 499, maxWaitMs: 15_000 },
        onHint: (topic) => heard.push(topic),
      });
    here = await open('worker-1', heardHere);
    there = await open('worker-2', heardThere);
    heardHere.length = 0;
    heardThere.length = 0;
  });
  afterEach(async () => {
    await here.close();
    await there.close();
  });

  const hint = (topic: WorkTopic): Promise<true> =>
    eventually(`a hint at ${topic}`, () => heardThere.includes(topic) || undefined);

  it('tells other processes of a message that is due soon, and not the own one', async () => {
    await receive(here);
    await hint('turns');

    expect(heardThere).toEqual(['turns']);
    expect(heardHere).toEqual([]);
  });

  it('tells other processes of a reply to be sent', async () => {
    await answer({ ...here, clock });
    await hint('deliveries');

    expect(heardThere).toContain('deliveries');
  });

  it('tells other processes of a message that a person of the business sends', async () => {
    const identity = { phone: '5583988887777@s.whatsapp.net' as Jid };

    await here.outbox.enqueue({ identity, parts: ['Olá'] });
    await hint('deliveries');

    expect(heardThere).toEqual(['deliveries']);
  });

  it('listens again after the server was away, and takes it that something was missed', async () => {
    await server.crash();
    await server.up();

    await hint('turns');
    await hint('deliveries');
    heardThere.length = 0;
    await eventually('a hint to come through', async () => {
      await receive(here, { id: `MSG-${performance.now()}`, kind: 'image', text: '' });
      return heardThere.includes('turns') || undefined;
    });

    expect(heardThere).toContain('turns');
  }, 30_000);
});
