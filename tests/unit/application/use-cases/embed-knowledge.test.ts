import { beforeEach, describe, expect, it } from '@jest/globals';

import { type PassageSimilarity } from '../../../../src/application/ports/outbound/passage-similarity.ts';
import { EmbedKnowledgeUseCase } from '../../../../src/application/use-cases/embed-knowledge.ts';
import { VectorTable } from '../../../../src/domain/knowledge/vector-table.ts';
import { InMemoryKnowledgeStore } from '../../../doubles/in-memory-knowledge-store.ts';
import { anInMemoryStore, type InMemoryStore } from '../../../doubles/in-memory-store.ts';
import { ManualClock } from '../../../doubles/manual-clock.ts';
import { ManualStoreClock } from '../../../doubles/manual-store-clock.ts';
import { RecordingLogger } from '../../../doubles/recording-logger.ts';
import { ScriptedEmbedder } from '../../../doubles/scripted-embedder.ts';

const DAY_MS = 86_400_000;

/** One process of several on the same store. */
class EmbeddingProcess {
  readonly embedder = new ScriptedEmbedder();
  readonly logger = new RecordingLogger();
  readonly similarity: PassageSimilarity = {
    served: new VectorTable(0),
    failure: undefined,
    serve: (served) => {
      Object.assign(this.similarity, { served });
    },
    find: () => Promise.resolve(undefined),
  };
  readonly embedding: EmbedKnowledgeUseCase;

  constructor(
    readonly knowledge: InMemoryKnowledgeStore,
    { embeddings }: Pick<InMemoryStore, 'embeddings'>,
    clock: ManualClock,
  ) {
    const { similarity, embedder, logger } = this;
    this.embedding = new EmbedKnowledgeUseCase({
      knowledge,
      similarity,
      embedder,
      embeddings,
      clock,
      logger,
    });
  }

  /** All texts that were paid for. */
  get embedded(): readonly string[] {
    return this.embedder.calls.flatMap(({ texts }) => texts);
  }
}

describe('EmbedKnowledge', () => {
  let store: InMemoryStore;
  let storeClock: ManualStoreClock;
  let clock: ManualClock;
  let knowledge: InMemoryKnowledgeStore;
  let process: EmbeddingProcess;
  const stop = new AbortController();

  beforeEach(() => {
    storeClock = new ManualStoreClock();
    store = anInMemoryStore({ clock: storeClock });
    clock = new ManualClock();
    // Too little for any corpus.
    knowledge = new InMemoryKnowledgeStore(1);
    process = new EmbeddingProcess(knowledge, store, clock);
  });

  /** Lets everything happen that waits for time, as it would on a machine at rest. */
  async function finish(running: Promise<unknown>): Promise<void> {
    const over = new AbortController();
    void running.then(() => {
      over.abort();
    });
    while (!over.signal.aborted) await clock.advance(100);
    await running;
  }

  async function run(of = process): Promise<void> {
    await finish(of.embedding.execute(stop.signal));
  }

  async function serve(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) knowledge.put(path, text);
    await knowledge.reload('all');
  }

  it('embeds every passage of what is served', async () => {
    await serve({ 'a.txt': 'R$ 10', 'b.txt': '# Horário\n9h' });
    await run();

    expect(process.embedded).toEqual(['a\nR$ 10', 'Horário\n9h']);
    expect(process.embedding.report).toEqual({ state: 'ready', embedded: 2 });
    expect(
      [...knowledge.content().passages].map((one) => process.similarity.served.has(one)),
    ).toEqual([true, true]);
  });

  it('has nothing to do before the files were looked at, and nothing twice', async () => {
    await run();
    await serve({ 'a.txt': 'R$ 10' });
    await run();
    await run();

    expect(process.embedder.calls).toHaveLength(1);
  });

  it('embeds nothing where the model is shown the whole corpus anyway', async () => {
    knowledge = new InMemoryKnowledgeStore();
    process = new EmbeddingProcess(knowledge, store, clock);
    await serve({ 'a.txt': 'R$ 10' });
    await run();

    expect(process.embedder.calls).toEqual([]);
    expect(process.embedding.report).toEqual({ state: 'not_needed', embedded: 0 });
  });

  it('embeds only what has changed', async () => {
    await serve({ 'a.txt': 'R$ 10', 'b.txt': '9h' });
    await run();
    await serve({ 'a.txt': 'R$ 12', 'c.txt': 'Rua A' });
    await run();

    expect(process.embedded.slice(2)).toEqual(['a\nR$ 12', 'c\nRua A']);
    expect(process.embedding.report.embedded).toBe(3);
  });

  it('takes from the store what any process has paid for', async () => {
    await serve({ 'a.txt': 'R$ 10', 'b.txt': '9h' });
    await run();
    const other = new EmbeddingProcess(knowledge, store, clock);
    await run(other);

    expect(other.embedder.calls).toEqual([]);
    expect(other.embedding.report).toEqual({ state: 'ready', embedded: 2 });
  });

  it('embeds nothing that another process is about to', async () => {
    await serve({ 'a.txt': 'R$ 10', 'b.txt': '9h', 'c.txt': 'R$ 10' });
    const other = new EmbeddingProcess(knowledge, store, clock);
    process.embedder.meanwhile = () => clock.sleep(700);

    await finish(
      Promise.all([process.embedding.execute(stop.signal), other.embedding.execute(stop.signal)]),
    );

    expect([...process.embedded, ...other.embedded]).toHaveLength(3);
    expect(process.embedding.report.embedded).toBe(3);
    expect(other.embedding.report.embedded).toBe(3);
  });

  it('takes over what another process has not done in time', async () => {
    await serve({ 'a.txt': 'R$ 10' });
    await store.embeddings.claim(process.embedder.model, ['a\nR$ 10']);
    const running = process.embedding.execute(stop.signal);
    await clock.advance(5_000);
    expect(process.embedded).toEqual([]);

    storeClock.advance(90_000);
    await finish(running);

    expect(process.embedded).toEqual(['a\nR$ 10']);
  });

  it('serves what there is when the rest fails, tries again later and later, and tells once each time', async () => {
    await serve({ 'a.txt': 'R$ 10' });
    await run();
    process.embedder.failWith('unavailable');
    await serve({ 'b.txt': '9h' });
    await run();

    expect(process.embedding.report).toEqual({
      state: 'failing',
      embedded: 1,
      failure: 'unavailable',
    });
    const waits: number[] = [];
    let last = clock.monotonic();
    while (waits.length < 6) {
      await clock.advance(1_000);
      const before = process.embedder.calls.length;
      await run();
      if (process.embedder.calls.length === before) continue;
      waits.push(Math.floor((clock.monotonic() - last) / 10_000));
      last = clock.monotonic();
    }
    // Tens of seconds.
    expect(waits).toEqual([3, 6, 12, 24, 48, 60]);
    expect(process.logger.events('warn')).toHaveLength(7);
  });

  it('lets others have what it could not do, and does it once the model works again', async () => {
    await serve({ 'a.txt': 'R$ 10' });
    process.embedder.failWith('refused');
    await run();

    expect(await store.embeddings.claim(process.embedder.model, ['a\nR$ 10'])).toEqual([true]);
    await store.embeddings.release(process.embedder.model, ['a\nR$ 10']);
    process.embedder.failWith(undefined);
    await clock.advance(30_000);
    await run();
    expect(process.embedding.report).toEqual({ state: 'ready', embedded: 1 });
  });

  it('tells a failure of questions too', async () => {
    await serve({ 'a.txt': 'R$ 10' });
    await run();
    Object.assign(process.similarity, { failure: 'unusable' });

    expect(process.embedding.report).toEqual({
      state: 'failing',
      embedded: 1,
      failure: 'unusable',
    });
  });

  it('embeds in batches, and no more than fit the memory', async () => {
    const lines = Array.from({ length: 150 }, (_, at) => `P: pergunta ${at}?\nR: resposta ${at}`);
    await serve({ 'a.txt': lines.join('\n\n') });
    await run();

    expect(process.embedder.calls.map(({ texts }) => texts.length)).toEqual([64, 64, 22]);
    const many = Array.from({ length: 10_001 }, (_, at) => `P: ${at}?\nR: ${at}`);
    await serve({ 'b.txt': many.join('\n\n') });
    await run();
    expect(process.embedding.report).toEqual({ state: 'too_many', embedded: 0 });
    expect(process.logger.events('warn')).toEqual(['too many passages to be embedded']);
  });

  it('notes once a day that the vectors are still of use', async () => {
    await serve({ 'a.txt': 'R$ 10' });
    await run();
    for (let day = 0; day < 10; day += 1) {
      storeClock.advance(DAY_MS);
      await clock.advance(DAY_MS);
      await run();
    }
    const ages = { rawBodyMs: 0, echoMs: 0, textMs: 0, rowMs: 0, embeddingMs: 7 * DAY_MS };
    await store.retention.purge(ages);

    expect(await store.embeddings.find(process.embedder.model, ['a\nR$ 10'])).not.toEqual([
      undefined,
    ]);
    expect(process.embedder.calls).toHaveLength(1);
  });

  it('ends early when it is told to', async () => {
    await serve({ 'a.txt': 'R$ 10' });
    await store.embeddings.claim(process.embedder.model, ['a\nR$ 10']);
    const stopping = new AbortController();
    const running = process.embedding.execute(stopping.signal);
    await clock.advance(500);
    stopping.abort();
    await clock.advance(0);

    await running;
    expect(process.embedding.report).toEqual({ state: 'working', embedded: 0 });
  });
});
