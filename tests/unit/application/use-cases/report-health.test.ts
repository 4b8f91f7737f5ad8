import { describe, expect, it } from '@jest/globals';
import { ReportHealthUseCase } from '../../../../src/application/use-cases/report-health.ts';
import { NO_QUESTIONS } from '../../../../src/domain/knowledge/golden-report.ts';
import { anIncomingMessage } from '../../../builders/an-incoming-message.ts';
import { InMemoryKnowledgeStore } from '../../../doubles/in-memory-knowledge-store.ts';
import { anInMemoryStore } from '../../../doubles/in-memory-store.ts';
import { ScriptedCapacity } from '../../../doubles/scripted-capacity.ts';

describe('ReportHealth', () => {
  it('is not ready before the files were looked at', async () => {
    const { inbox, outbox, deadLetters, instances } = anInMemoryStore();
    const knowledge = new InMemoryKnowledgeStore();

    const health = await new ReportHealthUseCase({
      inbox,
      capacity: new ScriptedCapacity(),
      outbox,
      deadLetters,
      instances,
      knowledge,
      gate: { report: NO_QUESTIONS },
      embedding: undefined,
    }).execute();

    expect(health).toMatchObject({ ready: false, contextLoaded: false });
    expect(health).not.toHaveProperty('megaConnected');
  });

  it('tells what is loaded, connected and waiting', async () => {
    const { inbox, outbox, deadLetters, instances } = anInMemoryStore();
    const knowledge = new InMemoryKnowledgeStore();
    knowledge.put('a.txt', 'Preço: R$ 10');
    knowledge.skip({ file: 'b.txt', reason: 'arquivo binário' });
    const { snapshot } = await knowledge.reload('all');
    await instances.setConnected(true);
    const arrivals = [{ message: anIncomingMessage() }];
    await inbox.add({ arrivals, body: new Uint8Array() });
    await outbox.enqueue({ identity: anIncomingMessage().identity, parts: ['Oi'] });
    const [delivery] = await outbox.claimDeliveries(1);
    if (delivery !== undefined) await outbox.settle(delivery, { kind: 'rejected', reason: 'não' });

    const health = await new ReportHealthUseCase({
      inbox,
      capacity: new ScriptedCapacity(),
      outbox,
      deadLetters,
      instances,
      knowledge,
      gate: { report: { ...NO_QUESTIONS, questions: 3, failed: 2, refused: true } },
      embedding: undefined,
    }).execute();

    expect(health).toEqual({
      ready: true,
      contextLoaded: true,
      knowledge: {
        version: snapshot.version,
        documents: 1,
        passages: 1,
        filesSkipped: 1,
        questions: 3,
        questionsFailed: 2,
        changeRefused: true,
      },
      megaConnected: true,
      inboxDepth: 1,
      outboxDepth: 0,
      deadLetters: 1,
    });
  });

  it.each(['inbox', 'disk'] as const)(
    'is not ready while it is short of %s room',
    async (short) => {
      const { inbox, outbox, deadLetters, instances } = anInMemoryStore();
      const knowledge = new InMemoryKnowledgeStore();
      await knowledge.reload('all');
      const capacity = new ScriptedCapacity(short);
      const reportHealth = new ReportHealthUseCase({
        inbox,
        capacity,
        outbox,
        deadLetters,
        instances,
        knowledge,
        gate: { report: NO_QUESTIONS },
        embedding: undefined,
      });

      const isShort = await reportHealth.execute();
      capacity.short = undefined;
      const hasRoom = await reportHealth.execute();

      expect(isShort).toMatchObject({ ready: false, shortage: short });
      expect(hasRoom.ready).toBe(true);
    },
  );

  it('tells how far passages can be found by meaning', async () => {
    const { inbox, outbox, deadLetters, instances } = anInMemoryStore();
    const report = { state: 'failing', embedded: 12, failure: 'refused' } as const;

    const { knowledge } = await new ReportHealthUseCase({
      inbox,
      capacity: new ScriptedCapacity(),
      outbox,
      deadLetters,
      instances,
      knowledge: new InMemoryKnowledgeStore(),
      gate: { report: NO_QUESTIONS },
      embedding: { report },
    }).execute();

    expect(knowledge.embeddings).toEqual(report);
  });
});
