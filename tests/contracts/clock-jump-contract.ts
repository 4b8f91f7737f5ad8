import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { type FakeWallClock } from '../support/fake-wall-clock.ts';
import { KillableService } from '../support/killable-service.ts';
import { LoopbackMega } from '../support/loopback-mega.ts';
import { LoopbackOpenAi } from '../support/loopback-open-ai.ts';
import { hang } from '../support/loopback-scripts.ts';
import { eventually } from '../support/polling.ts';
import { ensureBuilt } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const HOUR_S = 3_600;

/** How far the time of day is off in each round, s: every step is a jump of one or two hours. */
const ROUNDS = [HOUR_S, 0, -HOUR_S, HOUR_S, 0];
const CONTACTS_A_ROUND = 3;

/** Longer than the lookout for a lost lease takes to notice one, ms. */
const MODEL_MS = 1_000;

const HUNG_ANSWERED_WITHIN_MS = 20_000;
const LONGEST_MS = 120_000;

/** What jumps of the time of day do to a service of two processes, on a database that `open` makes. */
export function clockJumpContract(
  storeName: string,
  wallClock: () => FakeWallClock,
  open: (folder: string) => string | Promise<string>,
): void {
  describe(`the time of day jumps by an hour, on ${storeName}`, () => {
    let files: ReturnType<typeof temporaryFolder>;
    let openAi: LoopbackOpenAi;
    let mega: LoopbackMega;
    let services: KillableService[];
    let url: string;

    beforeAll(ensureBuilt, LONGEST_MS);
    beforeEach(async () => {
      wallClock().set(0);
      files = temporaryFolder();
      openAi = await LoopbackOpenAi.start({ respond: slowly });
      mega = await LoopbackMega.start();
      url = await open(files.folder);
      services = [];
    }, LONGEST_MS);
    afterEach(async () => {
      for (const service of services) await service.kill();
      await Promise.all([openAi.close(), mega.close()]);
      files.remove();
    });

    async function start(): Promise<KillableService> {
      const service = await KillableService.start(files.folder, {
        ...wallClock().environment,
        DATABASE_URL: url,
        RAG_DIR: files.folder,
        OPENAI_API_KEY: 'sk-0123456789',
        OPENAI_BASE_URL: openAi.url,
        AI_DRY_RUN: '0',
        MEGA_API_BASE_URL: mega.url,
        MEGA_API_TOKEN: 'mega-0123456789',
        MEGA_INSTANCE_ID: 'megastart-demo',
        REPLY_QUIET: '0',
      });
      services.push(service);
      return service;
    }

    it(
      'and while turns run, each message is answered once, by one call of the model',
      async () => {
        await Promise.all([start(), start()]);
        const phones: string[] = [];
        for (const seconds of ROUNDS) {
          for (let contact = 0; contact < CONTACTS_A_ROUND; contact += 1) {
            const phone = `55839888877${10 + phones.length}`;
            phones.push(phone);
            await services[contact % 2]?.receive(phone, 'Bom dia');
          }
          await openAi.received(phones.length);
          wallClock().set(seconds);
        }
        await eventually(
          'the replies',
          () => mega.sent.length >= phones.length || undefined,
          LONGEST_MS / 2,
        );

        const answered = mega.sent.map(({ to }) => to.split('@')[0]);
        expect(answered.sort()).toEqual(phones);
        expect(openAi.requests).toHaveLength(phones.length);
      },
      LONGEST_MS,
    );

    it(
      'and a process that hangs then is waited for no longer',
      async () => {
        const hung = await start();
        openAi.script(hang());
        await hung.receive('5583988887777', 'Bom dia');
        await openAi.received(1);
        await start();
        hung.standStill();
        wallClock().set(-HOUR_S);
        const from = performance.now();

        await openAi.received(2);

        expect(performance.now() - from).toBeLessThan(HUNG_ANSWERED_WITHIN_MS);
      },
      LONGEST_MS,
    );
  });
}

async function slowly(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, MODEL_MS));
  return 'Claro, posso ajudar!';
}
