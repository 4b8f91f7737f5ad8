import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { Database } from '../../chaos/support/database.ts';
import { aWebhookBody } from '../builders/a-webhook-body.ts';
import { type CrashPoint } from '../support/crash-point.ts';
import { LoopbackMega, type SentText } from '../support/loopback-mega.ts';
import { LoopbackOpenAi } from '../support/loopback-open-ai.ts';
import { eventually } from '../support/polling.ts';

/** An empty database, and how its tables are counted. */
export interface CrashingDatabase {
  readonly url: string;
  readonly tables: string;
  readonly remove: () => void;
}

/** States no fact, so that it leaves as it is whatever the knowledge says. */
const ANSWER = 'Claro, posso ajudar!';

const SCRIPT = path.resolve('tests/support/crashing-process.ts');
const FLAGS = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'];
const LONGEST_MS = 60_000;
const WAITS_MS = 30_000;

/** Holds the compiled sources: a dozen processes compile them once. */
const COMPILED = path.resolve('node_modules/.cache/crash-points');

const STATE = `SELECT
  (SELECT count(*) FROM inbox WHERE state = 'pending') AS waiting,
  (SELECT count(*) FROM inbox WHERE state = 'answered') AS answered,
  (SELECT count(*) FROM turn) AS turns,
  (SELECT count(*) FROM history) AS said,
  (SELECT count(*) FROM outbox) AS replies,
  (SELECT max(state) FROM outbox) AS reply,
  (SELECT max(attempt) FROM outbox) AS attempts,
  (SELECT max(resends) FROM outbox) AS resends`;

const OF_ONE_ANSWERED = { waiting: 0, answered: 1, turns: 1, said: 2, replies: 1 };

/** What is on disk when a process dies at a named point, and after the next one has taken over. */
export function crashPointsContract(
  storeName: string,
  openEmpty: () => CrashingDatabase | Promise<CrashingDatabase>,
): void {
  describe(`a process that dies on ${storeName}`, () => {
    let place: CrashingDatabase;
    let database: Database;
    let mega: LoopbackMega;
    let openAi: LoopbackOpenAi;
    let children: ChildProcess[];
    let base: number;
    let port: number;
    let onSend: (sent: SentText) => void | Promise<void>;

    beforeEach(async () => {
      place = await openEmpty();
      database = new Database(place.url);
      onSend = () => undefined;
      mega = await LoopbackMega.start({ onSend: (sent) => onSend(sent) });
      openAi = await LoopbackOpenAi.start({ respond: () => ANSWER });
      children = [];
      base = Date.now();
    });
    afterEach(async () => {
      for (const child of children) child.kill('SIGKILL');
      await Promise.all([mega.close(), openAi.close()]);
      place.remove();
    });

    function begin(point?: CrashPoint): ChildProcess {
      const env = {
        PATH: process.env['PATH'] ?? '',
        NODE_ENV: 'production',
        NODE_COMPILE_CACHE: COMPILED,
        CLOCK_BASE: String(base),
        DATABASE_URL: place.url,
        MEGA_API_BASE_URL: mega.url,
        MEGA_API_TOKEN: 'mega-0123456789',
        MEGA_INSTANCE_ID: 'megastart-demo',
        OPENAI_BASE_URL: openAi.url,
        OPENAI_API_KEY: 'sk-0123456789',
        REPLY_QUIET: '0',
        ...(point === undefined ? {} : { CRASH_AT: point }),
      };
      const child = fork(SCRIPT, {
        execArgv: FLAGS,
        env,
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      children.push(child);
      return child;
    }

    async function start(point?: CrashPoint): Promise<ChildProcess> {
      const child = begin(point);
      [port] = (await once(child, 'message')) as [number];
      return child;
    }

    async function deathOf(child: ChildProcess): Promise<unknown> {
      if (child.signalCode !== null) return child.signalCode;
      const [, signal] = (await once(child, 'exit')) as unknown[];
      return signal;
    }

    function post(message: unknown): Promise<Response> {
      const url = `http://127.0.0.1:${port}/webhook`;
      return fetch(url, { method: 'POST', body: JSON.stringify(message) });
    }

    const ask = (): Promise<Response> =>
      post(aWebhookBody({ messageTimestamp: Math.floor(Date.now() / 1_000) }));

    const echo = (id: string): Promise<Response> =>
      post(
        aWebhookBody({
          key: { remoteJid: '558388887777@s.whatsapp.net', fromMe: true, id },
          messageTimestamp: Math.floor(Date.now() / 1_000),
          message: { conversation: ANSWER },
        }),
      );

    const state = async (): Promise<unknown> => {
      const [row = {}] = await database.rows(STATE);
      const entries = Object.entries(row).filter(([, value]) => value !== null);
      return Object.fromEntries(
        entries.map(([name, value]) => [name, name === 'reply' ? value : Number(value)]),
      );
    };

    const sent = (): Promise<true> =>
      eventually(
        'the reply to be settled as sent',
        async () => ((await state()) as { reply?: string }).reply === 'sent' || undefined,
        WAITS_MS,
      );

    it(
      'inside the migration leaves nothing, and the next one migrates',
      async () => {
        const signal = await deathOf(begin('inside_migration'));
        const tables = await database.number(place.tables);
        await start();
        await ask();
        await sent();

        expect([signal, tables]).toEqual(['SIGKILL', 0]);
        expect(mega.sent).toHaveLength(1);
      },
      LONGEST_MS,
    );

    it(
      'inside a group commit keeps none of its messages, of which none was acknowledged',
      async () => {
        const child = await start('inside_group_commit');
        child.send('now');
        const signal = await deathOf(child);
        const messages = await database.number('SELECT count(*) FROM inbox');
        const contacts = await database.number('SELECT count(*) FROM contact');
        await start();
        await ask();
        await sent();

        expect([signal, messages, contacts]).toEqual(['SIGKILL', 0, 0]);
        expect(await state()).toMatchObject(OF_ONE_ANSWERED);
      },
      LONGEST_MS,
    );

    it(
      'after the commit of a turn leaves its reply to be sent by the next one',
      async () => {
        const child = await start('after_turn_commit');
        await ask();
        const signal = await deathOf(child);
        const atDeath = await state();
        const before = mega.sent.length;
        await start();
        await sent();

        expect(signal).toBe('SIGKILL');
        expect(atDeath).toEqual({ ...OF_ONE_ANSWERED, reply: 'pending', attempts: 0, resends: 0 });
        expect(await state()).toEqual({
          ...OF_ONE_ANSWERED,
          reply: 'sent',
          attempts: 1,
          resends: 0,
        });
        expect([before, mega.sent.length, openAi.requests.length]).toEqual([0, 1, 1]);
      },
      LONGEST_MS,
    );

    it(
      'after the commit of `sending` leaves it to be sent again, once no echo has come',
      async () => {
        const child = await start('after_sending_commit');
        await ask();
        const signal = await deathOf(child);
        const atDeath = await state();
        const before = mega.sent.length;
        await start();
        await sent();

        expect(signal).toBe('SIGKILL');
        expect(atDeath).toEqual({ ...OF_ONE_ANSWERED, reply: 'sending', attempts: 1, resends: 0 });
        expect(await state()).toEqual({
          ...OF_ONE_ANSWERED,
          reply: 'sent',
          attempts: 2,
          resends: 1,
        });
        expect([before, mega.sent.length]).toEqual([0, 1]);
      },
      LONGEST_MS,
    );

    it(
      'after the post, before the answer has come, does not send again: the echo settles it',
      async () => {
        const child = await start();
        mega.script('send', {
          play: ({ request }) => {
            child.kill('SIGKILL');
            mega.sent.push({ to: '', text: request.body, id: 'OUT-1' });
          },
        });
        await ask();
        const signal = await deathOf(child);
        const atDeath = await state();
        await start();
        await echo('OUT-1');
        await sent();

        expect(signal).toBe('SIGKILL');
        expect(atDeath).toEqual({ ...OF_ONE_ANSWERED, reply: 'sending', attempts: 1, resends: 0 });
        expect(await state()).toEqual({
          ...OF_ONE_ANSWERED,
          reply: 'sent',
          attempts: 1,
          resends: 0,
        });
        expect(mega.sent).toHaveLength(1);
      },
      LONGEST_MS,
    );

    it(
      'before the commit of `sent` does not send again: the echo settles it',
      async () => {
        const child = await start('before_sent_commit');
        await ask();
        const signal = await deathOf(child);
        const atDeath = await state();
        await start();
        await echo(mega.sent[0]?.id ?? '');
        await sent();

        expect(signal).toBe('SIGKILL');
        expect(atDeath).toEqual({ ...OF_ONE_ANSWERED, reply: 'sending', attempts: 1, resends: 0 });
        expect(await state()).toEqual({
          ...OF_ONE_ANSWERED,
          reply: 'sent',
          attempts: 1,
          resends: 0,
        });
        expect(mega.sent).toHaveLength(1);
      },
      LONGEST_MS,
    );
  });
}
