import { beforeEach, describe, expect, it } from '@jest/globals';

import { VectorSimilarity } from '../../../src/adapters/outbound/system/vector-similarity.ts';
import { embeddedText, VectorTable } from '../../../src/domain/knowledge/vector-table.ts';
import { aPassage } from '../../builders/a-passage.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { RecordingLogger } from '../../doubles/recording-logger.ts';
import { ScriptedEmbedder } from '../../doubles/scripted-embedder.ts';

describe('VectorSimilarity', () => {
  const price = aPassage({ id: 'p', title: 'Preço', section: '', text: 'R$ 10' });
  const hours = aPassage({ id: 'h', title: 'Horário', section: '', text: '9h' });
  const other = aPassage({ id: 'o', title: 'Endereço', section: '', text: 'Rua A' });
  let clock: ManualClock;
  let logger: RecordingLogger;
  let embedder: ScriptedEmbedder;
  let similarity: VectorSimilarity;

  beforeEach(async () => {
    clock = new ManualClock();
    logger = new RecordingLogger();
    embedder = new ScriptedEmbedder();
    similarity = new VectorSimilarity(embedder, clock, logger);
    const table = new VectorTable(2);
    const { vectors } = await embedder.embed([price, hours].map(embeddedText), 1);
    for (const [at, passage] of [price, hours].entries()) {
      table.add(passage, vectors[at] ?? new Float32Array());
    }
    similarity.serve(table);
    embedder.calls.length = 0;
  });

  it('finds the passages that mean the most alike', async () => {
    const similar = await similarity.find('qual o horário?', 9);

    expect(similar?.nearest).toEqual([hours, price]);
    expect([price, other].map((passage) => similar?.isKnown(passage))).toEqual([true, false]);
    expect(embedder.calls).toEqual([{ texts: ['qual o horário?'], withinMs: 2_000 }]);
  });

  it('asks nobody where there is nothing to search, or nothing was asked', async () => {
    expect(await similarity.find(' \n', 9)).toBeUndefined();
    similarity.serve(new VectorTable(0));

    expect(await similarity.find('preço', 9)).toBeUndefined();
    expect(embedder.calls).toEqual([]);
  });

  it('sends no more of a long question than its beginning', async () => {
    await similarity.find(`${'a'.repeat(1_999)}😀${'b'.repeat(9_999)}`, 9);

    expect(embedder.calls[0]?.texts).toEqual([`${'a'.repeat(1_999)}\ufffd`]);
  });

  it('finds nothing when it fails, and asks nobody for 30 s', async () => {
    embedder.failWith('refused');

    expect(await similarity.find('preço', 9)).toBeUndefined();
    expect(await similarity.find('preço', 9)).toBeUndefined();
    expect(embedder.calls).toHaveLength(1);
    expect(similarity.failure).toBe('refused');
    await clock.advance(30_000);
    expect(await similarity.find('preço', 9)).toBeUndefined();
    expect(embedder.calls).toHaveLength(2);
    // Once for the whole outage.
    expect(logger.events('warn')).toEqual(['question not embedded']);
  });

  it('works again once the model does', async () => {
    embedder.failWith('unavailable');
    await similarity.find('preço', 9);
    embedder.failWith(undefined);
    await clock.advance(30_000);

    expect((await similarity.find('preço', 1))?.nearest).toEqual([price]);
    expect(similarity.failure).toBeUndefined();
    expect(logger.events('info')).toEqual(['questions embedded again']);
  });

  it('compares no vectors of different sizes', async () => {
    embedder.more = 1;

    expect(await similarity.find('preço', 9)).toBeUndefined();
    expect(similarity.failure).toBe('unusable');
  });
});
