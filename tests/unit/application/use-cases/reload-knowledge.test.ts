import { beforeEach, describe, expect, it } from '@jest/globals';
import { GoldenGate } from '../../../../src/application/use-cases/golden-gate.ts';
import { ReloadKnowledgeUseCase } from '../../../../src/application/use-cases/reload-knowledge.ts';
import { KnowledgeInspection } from '../../../../src/application/use-cases/knowledge-inspection.ts';
import { InMemoryKnowledgeStore } from '../../../doubles/in-memory-knowledge-store.ts';
import { anInMemoryStore } from '../../../doubles/in-memory-store.ts';
import { ManualClock } from '../../../doubles/manual-clock.ts';
import { RecordingLogger } from '../../../doubles/recording-logger.ts';
import { RecordingMeter } from '../../../doubles/recording-meter.ts';

function aGate(to: RecordingLogger): GoldenGate {
  const settings = { mode: 'block', timeZone: 'America/Sao_Paulo' } as const;
  return new GoldenGate({ clock: new ManualClock(), logger: to }, settings);
}

let knowledge: InMemoryKnowledgeStore;
let logger: RecordingLogger;
let meter: RecordingMeter;
let reload: ReloadKnowledgeUseCase;
let sibling: ReloadKnowledgeUseCase;
let siblingKnowledge: InMemoryKnowledgeStore;

beforeEach(() => {
  const { generation } = anInMemoryStore();
  knowledge = new InMemoryKnowledgeStore();
  siblingKnowledge = new InMemoryKnowledgeStore();
  logger = new RecordingLogger();
  meter = new RecordingMeter();
  const gate = aGate(logger);
  const inspection = new KnowledgeInspection(
    { knowledge, clock: new ManualClock(), logger },
    'UTC',
  );
  reload = new ReloadKnowledgeUseCase(
    { knowledge, gate, inspection, generation, logger, meter },
    true,
  );
  sibling = new ReloadKnowledgeUseCase(
    {
      knowledge: siblingKnowledge,
      gate: aGate(new RecordingLogger()),
      inspection: { notices: () => Promise.resolve([]) },
      generation,
      logger: new RecordingLogger(),
      meter: new RecordingMeter(),
    },
    false,
  );
});

describe('ReloadKnowledge', () => {
  it('tells which version is served, once for each', async () => {
    const { snapshot } = await reload.execute('start');
    await reload.execute('poll');

    expect(meter.measured).toEqual([['knowledgeServed', snapshot.version]]);
  });

  it('reads everything at start and only changes afterwards', async () => {
    await reload.execute('start');
    await reload.execute('poll');

    expect(knowledge.reloads).toEqual(['all', 'changed']);
  });

  it('makes every process read everything when a person asks one of them', async () => {
    await sibling.execute('start');
    await reload.execute('request');
    await sibling.execute('poll');
    await sibling.execute('poll');

    expect(siblingKnowledge.reloads).toEqual(['all', 'all']);
  });

  it('says aloud that only exact words are looked for', async () => {
    knowledge.exactWordsOnly = true;
    knowledge.put('a.txt', 'Preço: R$ 10');

    await reload.execute('start');

    expect(logger.entries.map(({ event }) => event)).toEqual([
      'knowledge loaded',
      'too many passages for more than exact words',
    ]);
  });

  it('leaves the files alone between requests when automatic reload is off', async () => {
    await sibling.execute('start');
    siblingKnowledge.put('novo.txt', 'Novo');

    const report = await sibling.execute('poll');

    expect(report.changed).toBe(false);
    expect(siblingKnowledge.reloads).toEqual(['all']);
  });

  it('tries again what a person asked for when the reading failed', async () => {
    await sibling.execute('start');
    await reload.execute('request');
    siblingKnowledge.failWith('a pasta não responde');
    await sibling.execute('poll');
    siblingKnowledge.failWith(undefined);

    await sibling.execute('poll');

    expect(siblingKnowledge.reloads).toEqual(['all', 'all', 'all']);
  });

  it('tells what was loaded, and each file that was skipped', async () => {
    knowledge.put('a.txt', 'Preço: R$ 10');
    knowledge.skip({ file: 'foto.txt', reason: 'arquivo binário' });

    await reload.execute('start');

    expect(logger.entries).toMatchObject([
      { level: 'info', event: 'knowledge loaded', fields: { documents: 1, filesSkipped: 1 } },
      { level: 'warn', event: 'knowledge file skipped', fields: { file: 'foto.txt' } },
    ]);
  });

  it('keeps the old knowledge where its gate refuses the change, and tells what the questions found', async () => {
    knowledge.put('a.txt', 'Preço: R$ 10');
    knowledge.put('a.perguntas.txt', 'P: Qual o preço?\ndeve conter: R$ 10');
    await reload.execute('start');
    knowledge.put('a.txt', 'Preço: R$ 100');

    const outcome = await reload.execute('poll');

    expect(outcome).toMatchObject({
      changed: false,
      refused: true,
      golden: { questions: 1, failed: 1, refused: true },
    });
    expect(outcome.snapshot.text).toContain('R$ 10\n');
    expect(meter.measured).toHaveLength(1);
  });

  it('tells once of a bad file, also where nothing else has changed', async () => {
    await reload.execute('start');
    knowledge.skip({ file: 'precos.pdf', reason: 'o PDF está danificado' });
    await reload.execute('poll');
    await reload.execute('poll');

    expect(logger.events('warn')).toEqual(['knowledge file skipped']);
  });

  it('logs what needs a look once, after the start', async () => {
    knowledge.put('a.txt', 'Fale com {{NOME}}');
    await reload.execute('start');
    const atStart = logger.events('warn');
    await reload.execute('poll');
    await reload.execute('poll');

    expect(atStart).toEqual([]);
    expect(logger.events('warn')).toEqual(['knowledge needs a look']);
  });

  it('tells a failure once, and again only when it comes back', async () => {
    knowledge.failWith('a pasta não existe');
    await reload.execute('start');
    await reload.execute('poll');
    knowledge.failWith(undefined);
    await reload.execute('poll');
    knowledge.failWith('a pasta não existe');

    await reload.execute('poll');

    expect(logger.events('error')).toEqual([
      'knowledge not reloaded, the old one stays',
      'knowledge not reloaded, the old one stays',
    ]);
  });
});
