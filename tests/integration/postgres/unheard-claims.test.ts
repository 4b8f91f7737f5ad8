import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Client } from 'pg';

import { StoreUnavailableError } from '../../../src/application/ports/outbound/store-unavailable-error.ts';
import { type Jid } from '../../../src/domain/contact.ts';
import { describeWith } from '../../support/describe-with.ts';
import { POSTGRES, PostgresServer, SERVER_START_MS } from '../../support/postgres-server.ts';
import { emptyPostgresStores } from '../../support/postgres-store-under-test.ts';
import { type StoreUnderTest, receive } from '../../support/store-under-test.ts';

const ANA = { phone: '5583988887777@s.whatsapp.net' as Jid };
const RUI = { phone: '5583911112222@s.whatsapp.net' as Jid };
const REPLY = 'O curso custa R$ 350,00.';

describeWith(
  POSTGRES,
  'PostgresStore, when the answer to the commit of a claim is lost',
  (binaries) => {
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

    /** The next commit is made, and whoever asked for it learns that the connection broke. */
    function loseTheNextAnswer(): void {
      const query: unknown = Reflect.get(Client.prototype, 'query');
      const lossy = async function (this: Client, ...all: unknown[]): Promise<unknown> {
        const answer: unknown = await Reflect.apply(query as () => unknown, this, all);
        if ((all[0] as { text?: string }).text !== 'COMMIT') return answer;
        Reflect.set(Client.prototype, 'query', query);
        throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
      };
      Reflect.set(Client.prototype, 'query', lossy);
    }

    it('claims the turn anew at once, and counts nothing against it', async () => {
      await receive(store, { identity: ANA });
      store.clock.advance(2_000);
      loseTheNextAnswer();
      const unheard = await store.inbox.claimTurns(1).catch((error: unknown) => error);
      store.clock.advance(1);

      const [turn] = await store.inbox.claimTurns(1);

      expect(unheard).toBeInstanceOf(StoreUnavailableError);
      expect(turn).toMatchObject({ attempts: 1, deaths: 0, takenOver: false });
      expect(turn?.messages).toHaveLength(1);
    });

    it('leaves alone the turns that it has heard of', async () => {
      await receive(store, { identity: ANA });
      store.clock.advance(2_000);
      const [held] = await store.inbox.claimTurns(1);
      await receive(store, { identity: RUI, id: 'MSG-2' });
      store.clock.advance(2_000);
      loseTheNextAnswer();
      await store.inbox.claimTurns(1).catch(() => undefined);
      store.clock.advance(1);

      const claimed = await store.inbox.claimTurns(2);

      expect(claimed.map(({ replyTo }) => replyTo)).toEqual([RUI.phone]);
      expect(await store.inbox.check(held?.lease as never)).toBe('held');
    });

    it('sends the reply at once, as one that has not left', async () => {
      await store.outbox.enqueue({ identity: ANA, parts: [REPLY] });
      const [sent] = await store.outbox.enqueue({ identity: RUI, parts: [REPLY] });
      loseTheNextAnswer();
      const unheard = await store.outbox.claimDeliveries(1).catch((error: unknown) => error);
      store.clock.advance(1);
      const claimed = await store.outbox.claimDeliveries(2);
      store.clock.advance(1);
      const again = await store.outbox.claimDeliveries(2);

      expect(unheard).toBeInstanceOf(StoreUnavailableError);
      expect(claimed).toMatchObject([
        { to: ANA.phone, attempt: 2, resends: 0 },
        { id: sent, attempt: 1 },
      ]);
      expect(again).toEqual([]);
      expect(await store.outbox.figures()).toMatchObject({ settled: {} });
    });

    it('leaves a send alone that a claim of the same instant has begun', async () => {
      await store.outbox.enqueue({ identity: ANA, parts: [REPLY] });
      const [begun] = await store.outbox.claimDeliveries(1);
      await store.outbox.enqueue({ identity: RUI, parts: [REPLY] });
      loseTheNextAnswer();
      await store.outbox.claimDeliveries(1).catch(() => undefined);
      store.clock.advance(1);

      expect(await store.outbox.claimDeliveries(2)).toEqual([]);
      expect(await store.outbox.standing(begun as never)).toBe('current');
    });

    it('takes what a person typed meanwhile for that', async () => {
      await store.outbox.enqueue({ identity: ANA, parts: [REPLY] });
      loseTheNextAnswer();
      await store.outbox.claimDeliveries(1).catch(() => undefined);
      await receive(store, { identity: ANA, fromMe: true, id: 'P1', text: 'Oi, aqui é a Lia!' });
      const before = await store.conversations.summaries();
      store.clock.advance(1);
      await store.outbox.claimDeliveries(1);

      expect(before[0]?.pause).toBeUndefined();
      expect((await store.conversations.summaries())[0]?.pause).toMatchObject({ by: 'person' });
    });
  },
);
