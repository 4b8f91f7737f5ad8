import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { KillableService } from '../support/killable-service.ts';
import { LoopbackMega } from '../support/loopback-mega.ts';
import { LoopbackOpenAi, aCompletion } from '../support/loopback-open-ai.ts';
import { after, answer } from '../support/loopback-scripts.ts';
import { eventually } from '../support/polling.ts';
import { ensureBuilt } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What is promised: from the instant at which a process begins to hang, ms. */
const ANSWERED_WITHIN_MS = 20_000;

const LONGEST_MS = 90_000;
const PHONE = '5583988887777';

/** What becomes of the work of a process that stands still and wakes, on a database that `open` makes. */
export function hungProcessContract(
  storeName: string,
  open: (folder: string) => string | Promise<string>,
): void {
  describe(`a process that stands still for longer than its lease, on ${storeName}`, () => {
    let files: ReturnType<typeof temporaryFolder>;
    let openAi: LoopbackOpenAi;
    let mega: LoopbackMega;
    let services: KillableService[];
    let databaseUrl: string;

    beforeAll(ensureBuilt, LONGEST_MS);
    beforeEach(async () => {
      files = temporaryFolder();
      databaseUrl = await open(files.folder);
      openAi = await LoopbackOpenAi.start({ respond: () => 'Claro, posso ajudar!' });
      mega = await LoopbackMega.start();
      services = [];
    });
    afterEach(async () => {
      for (const service of services) await service.kill();
      await Promise.all([openAi.close(), mega.close()]);
      files.remove();
    });

    async function start(): Promise<KillableService> {
      const service = await KillableService.start(files.folder, {
        DATABASE_URL: databaseUrl,
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

    /** Posts again until it is taken, as a gateway does: a process that wakes finds connections cut. */
    const deliver = (service: KillableService, text: string): Promise<true> =>
      eventually(
        `${text} to be taken`,
        async () => (await service.receive(PHONE, text)) === 200 || undefined,
      );

    const texts = (): string[] => mega.sent.map(({ text }) => text);

    it(
      'is answered for by another one, and its own late answer is refused',
      async () => {
        const late = Promise.withResolvers<undefined>();
        openAi.script(after(late.promise, answer(200, aCompletion('Desculpe a demora!'))));
        const hung = await start();
        await hung.receive(PHONE, 'Bom dia');
        await openAi.received(1);
        await start();
        hung.standStill();
        const from = performance.now();

        await eventually('the reply', () => texts()[0], ANSWERED_WITHIN_MS);
        const took = performance.now() - from;
        late.resolve(undefined);
        hung.goOn();
        await eventually('the refusal', () => hung.output.includes('turn lost') || undefined);
        await deliver(hung, 'Obrigado');
        await eventually('the next reply', () => texts()[1], ANSWERED_WITHIN_MS);

        expect(texts()).toEqual(['Claro, posso ajudar!', 'Claro, posso ajudar!']);
        expect(took).toBeLessThan(ANSWERED_WITHIN_MS);
      },
      LONGEST_MS,
    );

    it(
      'in the middle of a send has it settled by the echo that another one hears',
      async () => {
        const confirmation = Promise.withResolvers<undefined>();
        const id = 'OUT-1';
        const key = { remoteJid: `${PHONE}@s.whatsapp.net`, fromMe: true, id };
        mega.script('send', after(confirmation.promise, answer(200, { messageData: { key } })));
        const hung = await start();
        await hung.receive(PHONE, 'Bom dia');
        await eventually('the send', () =>
          mega.requests.find(({ path }) => path.endsWith('/text')),
        );
        hung.standStill();
        const other = await start();
        await other.echo(key, 'Claro, posso ajudar!');
        await deliver(other, 'Obrigado');
        await eventually('the next reply', () => texts()[0], ANSWERED_WITHIN_MS);
        confirmation.resolve(undefined);
        hung.goOn();
        await eventually('the late outcome', () => hung.output.includes('reply sent') || undefined);

        expect(mega.requests.filter(({ path }) => path.endsWith('/text'))).toHaveLength(2);
      },
      LONGEST_MS,
    );
  });
}
