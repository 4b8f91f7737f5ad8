import { describe, expect, it } from '@jest/globals';

import { CheckKnowledgeUseCase } from '../../../../src/application/use-cases/check-knowledge.ts';
import { GoldenGate } from '../../../../src/application/use-cases/golden-gate.ts';
import { KnowledgeInspection } from '../../../../src/application/use-cases/knowledge-inspection.ts';
import { InMemoryKnowledgeStore } from '../../../doubles/in-memory-knowledge-store.ts';
import { ManualClock } from '../../../doubles/manual-clock.ts';
import { RecordingLogger } from '../../../doubles/recording-logger.ts';

describe('CheckKnowledge', () => {
  it('reads everything and tells what its golden questions found', async () => {
    const knowledge = new InMemoryKnowledgeStore();
    knowledge.put('a.txt', 'Banho: R$ 50\nFale com {{NOME}}');
    knowledge.put('a.perguntas.txt', 'P: Quanto custa o banho?\ndeve conter: R$ 60');
    const clock = new ManualClock();
    const logger = new RecordingLogger();
    const gate = new GoldenGate({ clock, logger }, { mode: 'block', timeZone: 'UTC' });
    const inspection = new KnowledgeInspection({ knowledge, clock, logger }, 'UTC');

    const checked = await new CheckKnowledgeUseCase({ knowledge, gate, inspection }).execute();

    expect(knowledge.reloads).toEqual(['all']);
    expect(checked).toMatchObject({
      snapshot: { documents: 1 },
      golden: { questions: 1, failed: 1, refused: false },
      notices: [{ kind: 'placeholder', file: 'a.txt', line: 2 }],
    });
  });
});
