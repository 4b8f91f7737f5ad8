import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { aWebhookBody } from '../builders/a-webhook-body.ts';
import { LoopbackMega } from '../support/loopback-mega.ts';
import { LoopbackOpenAi } from '../support/loopback-open-ai.ts';
import { eventually } from '../support/polling.ts';
import { type StopPoint } from '../support/stop-point.ts';

/** States no fact, so that it leaves as it is whatever the knowledge says. */
const ANSWER = 'Claro, posso ajudar!';

const SCRIPT = path.resolve('tests/support/crashing-process.ts');
const FLAGS = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'];
const COMPILED = path.resolve('node_modules/.cache/crash-points');
const FIRST = '558388887777';
const SECOND = '551199990000';
/** A lease is then 3 s long: a process on a busy machine must not lose its own. */
const CLOCK_SPEED = 4;

const LONGEST_MS = 60_000;
const WAITS_MS = 30_000;

/** What a process does that stood still at a named point for longer than its lease, and wakes. */
export function stopPointsContract(
  storeName: string,
  openEmpty: () =>
    { url: string; remove: () => void } | Promise<{ url: string; remove: () => void }>,
): void {
  describe(`a process that stands still on ${storeName}`, () => {
    let place: { url: string; remove: () => void };
    let mega: LoopbackMega;
    let openAi: LoopbackOpenAi;
    let children: ChildProcess[];
    let base: number;

    beforeEach(async () => {
      place = await openEmpty();
      mega = await LoopbackMega.start();
      openAi = await LoopbackOpenAi.start({ respond: () => ANSWER });
      children = [];
      base = Date.now();
    });
    afterEach(async () => {
      for (const child of children) child.kill('SIGKILL');
      await Promise.all([mega.close(), openAi.close()]);
      place.remove();
    });

    async function start(point?: StopPoint): Promise<{ child: ChildProcess; port: number }> {
      const child = fork(SCRIPT, {
        execArgv: FLAGS,
        env: {
          PATH: process.env['PATH'] ?? '',
          NODE_ENV: 'production',
          NODE_COMPILE_CACHE: COMPILED,
          CLOCK_BASE: String(base),
          CLOCK_SPEED: String(CLOCK_SPEED),
          DATABASE_URL: place.url,
          MEGA_API_BASE_URL: mega.url,
          MEGA_API_TOKEN: 'mega-0123456789',
          MEGA_INSTANCE_ID: 'megastart-demo',
          OPENAI_BASE_URL: openAi.url,
          OPENAI_API_KEY: 'sk-0123456789',
          REPLY_QUIET: '0',
          ...(point === undefined ? {} : { STOP_AT: point }),
        },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      children.push(child);
      const [port] = (await once(child, 'message')) as [number];
      return { child, port };
    }

    async function post(port: number, contact: string): Promise<void> {
      const key = { remoteJid: `${contact}@s.whatsapp.net`, fromMe: false, id: `OF-${contact}` };
      const messageTimestamp = Math.floor(Date.now() / 1_000);
      const body = JSON.stringify(aWebhookBody({ key, messageTimestamp }));
      await fetch(`http://127.0.0.1:${port}/webhook`, { method: 'POST', body });
    }

    const sentTo = (contact: string): number =>
      mega.sent.filter(({ to }) => to.startsWith(contact)).length;

    const reply = (contact: string): Promise<true> =>
      eventually(`a reply to ${contact}`, () => sentTo(contact) > 0 || undefined, WAITS_MS);

    /**
     * A process stops on its way, another one answers in its place, and the first wakes, alone.
     *
     * @returns What it says of its own work, once it has answered somebody else.
     */
    async function standStillAt(point: StopPoint): Promise<unknown> {
      const { child: sleeper, port } = await start(point);
      await post(port, FIRST);
      await openAi.received(1);
      const { child: other } = await start();
      await reply(FIRST);
      other.kill('SIGKILL');
      await once(other, 'exit');
      const saying = once(sleeper, 'message');
      sleeper.kill('SIGCONT');
      const [word] = (await saying) as unknown[];
      await post(port, SECOND);
      await reply(SECOND);
      return word;
    }

    it(
      'before the commit of a turn finds it lost, after another one has answered',
      async () => {
        const word = await standStillAt('before_turn_commit');

        expect(word).toBe('lost');
        expect([sentTo(FIRST), sentTo(SECOND)]).toEqual([1, 1]);
      },
      LONGEST_MS,
    );

    it(
      'after the commit of `sending` does not send, after another one has sent again',
      async () => {
        const word = await standStillAt('after_sending_commit');

        expect(word).toBe('outdated');
        expect([sentTo(FIRST), sentTo(SECOND)]).toEqual([1, 1]);
      },
      LONGEST_MS,
    );
  });
}
