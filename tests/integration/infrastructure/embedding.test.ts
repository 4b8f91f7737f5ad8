import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { loadConfig } from '../../../src/infrastructure/config.ts';
import { Service } from '../../../src/infrastructure/service.ts';
import { LoopbackOpenAi } from '../../support/loopback-open-ai.ts';
import { answer } from '../../support/loopback-scripts.ts';
import { eventually } from '../../support/polling.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** "cabe em mim?" and "trocamos em 7 dias" mean the same; everything else means something else. */
function meaningOf(text: string): readonly number[] {
  return /cabe|trocamos/iu.test(text) ? [1, 0.1] : [0.1, 1];
}

describe('Service with EMBEDDING_MODEL', () => {
  let openAi: LoopbackOpenAi;
  let home: ReturnType<typeof temporaryFolder>;
  let service: Service;

  beforeEach(async () => {
    openAi = await LoopbackOpenAi.start({ embed: meaningOf });
    home = temporaryFolder();
    const data = join(home.folder, 'data');
    mkdirSync(data);
    for (let index = 0; index < 20; index += 1) {
      writeFileSync(join(data, `aviso${index}.txt`), `Aviso ${index}: a loja avisa sobre avisos.`);
    }
    writeFileSync(join(data, 'regras.txt'), 'Trocamos em 7 dias, com a nota.');
  });
  afterEach(async () => {
    await service.stop();
    await openAi.close();
    home.remove();
  });

  async function start(): Promise<void> {
    const config = loadConfig({
      API_HOST: '127.0.0.1',
      API_PORT: '0',
      DATABASE_URL: `file:${home.folder}/agent.db`,
      RAG_DIR: join(home.folder, 'data'),
      RAG_CONTEXT_TOKENS: '200',
      OPENAI_API_KEY: 'sk-test',
      OPENAI_BASE_URL: openAi.url,
      EMBEDDING_MODEL: 'text-embedding-3-small',
      LOG_LEVEL: 'error',
    });
    service = await Service.start(config, () => undefined);
  }

  async function get(path: string): Promise<unknown> {
    return (await fetch(`http://127.0.0.1:${service.port}${path}`)).json();
  }

  async function embeddings(): Promise<{ readonly state: string }> {
    const health = (await get('/health')) as { knowledge: { embeddings: { state: string } } };
    return health.knowledge.embeddings;
  }

  async function reached(state: string): Promise<void> {
    await eventually(`embeddings to be ${state}`, async () => {
      return (await embeddings()).state === state ? true : undefined;
    });
  }

  async function best(question: string): Promise<unknown> {
    const found = await get(`/context/search?q=${encodeURIComponent(question)}`);
    return (found as { passages: { file: string }[] }).passages[0]?.file;
  }

  it('finds by meaning what shares no word with the question', async () => {
    await start();
    await reached('ready');

    expect(await embeddings()).toEqual({ state: 'ready', embedded: 21 });
    expect(await best('cabe em mim?')).toBe('regras.txt');
    expect(openAi.asked.map(({ input }) => (input as string[]).length)).toEqual([21, 1]);
  });

  it('finds by words, and says so in its health, where the model cannot be had', async () => {
    openAi.script(answer(401, {}));
    await start();
    await reached('failing');

    expect(await embeddings()).toEqual({ state: 'failing', embedded: 0, failure: 'refused' });
    expect(await best('com a nota?')).toBe('regras.txt');
    const metrics = await fetch(`http://127.0.0.1:${service.port}/metrics`);
    expect(await metrics.text()).toContain(
      'whatsapp_agent_embedding_duration_seconds_count{outcome="refused"} 1',
    );
  });
});
