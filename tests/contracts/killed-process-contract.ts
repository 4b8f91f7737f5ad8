import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { KillableService } from '../support/killable-service.ts';
import { LoopbackOpenAi } from '../support/loopback-open-ai.ts';
import { hang } from '../support/loopback-scripts.ts';
import { ensureBuilt } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A lease lasts 12 s: below that, what a dead process held was taken over and not waited for. */
const BELOW_LEASE_MS = 8_000;

const LONGEST_MS = 60_000;

/** What becomes of a turn whose process is killed, on a database that `open` makes. */
export function killedProcessContract(
  storeName: string,
  open: (folder: string) => string | Promise<string>,
): void {
  describe(`a process that is killed in the middle of a turn, on ${storeName}`, () => {
    let files: ReturnType<typeof temporaryFolder>;
    let openAi: LoopbackOpenAi;
    let services: KillableService[];
    let databaseUrl: string;

    beforeAll(ensureBuilt, LONGEST_MS);
    beforeEach(async () => {
      files = temporaryFolder();
      databaseUrl = await open(files.folder);
      openAi = await LoopbackOpenAi.start();
      services = [];
    });
    afterEach(async () => {
      for (const service of services) await service.kill();
      await openAi.close();
      files.remove();
    });

    async function start(): Promise<KillableService> {
      const service = await KillableService.start(files.folder, {
        DATABASE_URL: databaseUrl,
        RAG_DIR: files.folder,
        OPENAI_API_KEY: 'sk-0123456789',
        OPENAI_BASE_URL: openAi.url,
        AI_DRY_RUN: '0',
        REPLY_QUIET: '0',
      });
      services.push(service);
      return service;
    }

    /** @returns A process that waits for the model. */
    async function startTurn(): Promise<KillableService> {
      const service = await start();
      openAi.script(hang());
      await service.receive('5583988887777', 'Qual o preço?');
      await openAi.received(1);
      return service;
    }

    it(
      'leaves it to its next start, which does not wait for the lease to lapse',
      async () => {
        const killed = await startTurn();
        await killed.kill();
        await start();
        const backAt = performance.now();

        await openAi.received(2);

        expect(performance.now() - backAt).toBeLessThan(BELOW_LEASE_MS / 2);
      },
      LONGEST_MS,
    );

    it(
      'leaves it to the other process, when it stays away',
      async () => {
        const killed = await startTurn();
        await start();
        await killed.kill();
        const killedAt = performance.now();

        await openAi.received(2);

        expect(performance.now() - killedAt).toBeLessThan(BELOW_LEASE_MS);
      },
      LONGEST_MS,
    );
  });
}
