import { describe, expect, it } from '@jest/globals';

import { CheckKnowledgeUseCase } from '../../../../src/application/use-cases/check-knowledge.ts';
import { GoldenGate } from '../../../../src/application/use-cases/golden-gate.ts';
import { InMemoryKnowledgeStore } from '../../../doubles/in-memory-knowledge-store.ts';
import { ManualClock } from '../../../doubles/manual-clock.ts';
import { RecordingLogger } from '../../../doubles/recording-logger.ts';

describe('CheckKnowledge', () => {
  it('reads everything and tells what its golden questions found', async () => {
    const knowledge = new InMemoryKnowledgeStore();
    knowledge.put('a.txt', 'Banho: R$ 50');
    knowledge.put('a.perguntas.txt', 'P: Quanto custa o banho?\ndeve conter: R$ 60');
    const gate = new GoldenGate(
      { clock: new ManualClock(), logger: new RecordingLogger() },
      { mode: 'block', timeZone: 'UTC' },
    );

    const checked = await new CheckKnowledgeUseCase(knowledge, gate).execute();

    expect(knowledge.reloads).toEqual(['all']);
    expect(checked).toMatchObject({
      snapshot: { documents: 1 },
      golden: { questions: 1, failed: 1, refused: false },
    });
  });
});
