import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { contactMessageKey } from '../../../src/adapters/outbound/sql/message-key.ts';
import { StoreUnavailableError } from '../../../src/application/ports/outbound/store-unavailable-error.ts';
import { type Store } from '../../../src/application/ports/outbound/store.ts';
import { type Jid } from '../../../src/domain/contact.ts';
import { aTurnResult } from '../../builders/a-turn-result.ts';
import { describeWith } from '../../support/describe-with.ts';
import { eventually } from '../../support/polling.ts';
import {
  POSTGRES,
  PostgresServer,
  SERVER_START_MS,
  rowsOf,
} from '../../support/postgres-server.ts';
import { openTestStore } from '../../support/postgres-store-under-test.ts';
import { receive } from '../../support/store-under-test.ts';

const CONTACTS = 20;
const LANES = 8;

/** Longest that a webhook may be kept waiting, ms: the store's second and what a busy machine adds. */
const LONGEST_ANSWER_MS = 2_000;
const RESUMED_WITHIN_MS = 5_000;

describeWith(POSTGRES, 'a server that crashes while messages flow', (binaries) => {
  let server: PostgresServer;
  let url: string;
  let store: Store;

  beforeAll(async () => {
    server = await PostgresServer.start(binaries);
    url = await server.emptySchema();
    store = await openTestStore({ url, timing: { quietMs: 0, maxWaitMs: 0 } });
  }, SERVER_START_MS);
  afterAll(async () => {
    await store.close();
    await server.stop();
  });

  it('loses nothing that was acknowledged, answers nothing twice, and work goes on by itself', async () => {
    const acknowledged: string[] = [];
    const waits: number[] = [];
    const errors: unknown[] = [];
    const flow = { isOn: true, next: 0 };
    const inTime = async <T>(work: Promise<T>): Promise<T | undefined> => {
      const from = performance.now();
      try {
        return await work;
      } catch (error) {
        errors.push(error);
        return undefined;
      } finally {
        waits.push(performance.now() - from);
      }
    };
    const bringIn = async (): Promise<void> => {
      while (flow.isOn) {
        flow.next += 1;
        const id = `MSG-${flow.next}`;
        const digits = String(flow.next % CONTACTS).padStart(4, '0');
        const identity = { phone: `55839888${digits}9@s.whatsapp.net` as Jid };
        const reception = await inTime(receive(store, { id, text: id, identity }));
        if (reception?.status === 'accepted') acknowledged.push(contactMessageKey('loja', id));
        else await pause();
      }
    };
    const answerAll = async (): Promise<void> => {
      while (flow.isOn) {
        await answerDue().catch(pause);
        await pause();
      }
    };
    const answerDue = async (): Promise<void> => {
      for (const { lease } of await store.inbox.claimTurns(LANES)) {
        await store.inbox.commitTurn(lease, aTurnResult({ evenIfNewer: true }));
      }
    };
    const lanes = [...Array.from({ length: LANES }, bringIn), answerAll()];

    for (let crash = 0; crash < 3; crash += 1) {
      const before = acknowledged.length;
      await eventually('messages', () => acknowledged.length > before + 20 || undefined);
      await server.crash();
      await eventually('an outage to be felt', () => errors.length > crash || undefined);
      await server.up();
      const back = acknowledged.length;
      await eventually(
        'messages to be taken again',
        () => acknowledged.length > back || undefined,
        RESUMED_WITHIN_MS,
      );
    }
    flow.isOn = false;
    await Promise.all(lanes);

    const rows = await rowsOf(url, 'SELECT message_key, turn_id FROM inbox');
    const stored = new Set(rows.map((row) => row['message_key']));
    expect(acknowledged.filter((key) => !stored.has(key))).toEqual([]);
    expect(errors.every((error) => error instanceof StoreUnavailableError)).toBe(true);
    expect(Math.max(...waits)).toBeLessThan(LONGEST_ANSWER_MS);
    expect(
      await rowsOf(
        url,
        `SELECT turn.id FROM turn LEFT JOIN outbox ON outbox.turn_id = turn.id
         GROUP BY turn.id HAVING count(outbox.id) <> 1`,
      ),
    ).toEqual([]);
    expect(await rowsOf(url, 'SELECT 1 FROM turn LIMIT 1')).toHaveLength(1);
  }, 40_000);
});

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
}
