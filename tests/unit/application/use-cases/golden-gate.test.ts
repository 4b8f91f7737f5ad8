import { beforeEach, describe, expect, it } from '@jest/globals';

import { type ReloadReport } from '../../../../src/application/ports/outbound/knowledge-store.ts';
import { GoldenGate } from '../../../../src/application/use-cases/golden-gate.ts';
import { noticeLine } from '../../../../src/domain/knowledge/owner-notice.ts';
import { InMemoryKnowledgeStore } from '../../../doubles/in-memory-knowledge-store.ts';
import { ManualClock } from '../../../doubles/manual-clock.ts';
import { RecordingLogger } from '../../../doubles/recording-logger.ts';

const QUESTIONS =
  'P: Quanto custa o banho?\ndeve conter: R$ 50,00\n\nP: Qual o horário?\ndeve conter: 9h';

let knowledge: InMemoryKnowledgeStore;
let logger: RecordingLogger;

beforeEach(() => {
  knowledge = new InMemoryKnowledgeStore();
  logger = new RecordingLogger();
  knowledge.put('banho.txt', 'Banho: R$ 50,00');
  knowledge.put('horario.txt', 'Horário: 9h às 18h');
  knowledge.put('loja.perguntas.txt', QUESTIONS);
});

function aGate(mode: 'warn' | 'block'): GoldenGate {
  return new GoldenGate({ clock: new ManualClock(), logger }, { mode, timeZone: 'UTC' });
}

function reload(gate: GoldenGate): Promise<ReloadReport> {
  return knowledge.reload('all', gate.admit);
}

describe('GoldenGate', () => {
  it.each(['warn', 'block'] as const)(
    'has nothing to say of good files in %s mode',
    async (mode) => {
      const gate = aGate(mode);

      const { changed } = await reload(gate);

      expect(changed).toBe(true);
      expect(gate.report).toEqual({
        questions: 2,
        failed: 0,
        failures: [],
        mistakes: [],
        refused: false,
      });
      expect(logger.entries).toEqual([]);
    },
  );

  it('serves a change that breaks an answer where it only warns, and says which', async () => {
    const gate = aGate('warn');
    await reload(gate);
    knowledge.put('banho.txt', 'Banho: R$ 60,00');

    const { changed, refused } = await reload(gate);

    expect([changed, refused]).toEqual([true, undefined]);
    expect(gate.report).toMatchObject({ questions: 2, failed: 1, refused: false });
    expect(gate.report.failures.map(noticeLine)).toEqual([
      'loja.perguntas.txt, linha 2: a pergunta "Quanto custa o banho?" devia encontrar "R$ 50,00" e não encontrou; o que aparece é R$ 60,00 (banho.txt, linha 1)',
    ]);
    expect(logger.events('warn')).toEqual([
      'golden question failed',
      'knowledge served although golden questions fail',
    ]);
  });

  it('refuses it where it blocks', async () => {
    const gate = aGate('block');
    await reload(gate);
    knowledge.put('banho.txt', 'Banho: R$ 60,00');

    const { refused } = await reload(gate);

    expect(refused).toBe(true);
    expect(gate.report).toMatchObject({ failed: 1, refused: true });
    expect(knowledge.current().text).toContain('R$ 50,00');
    expect(logger.events('error')).toEqual(['knowledge change refused, the old one stays']);
  });

  it('takes the change as soon as the question says the same', async () => {
    const gate = aGate('block');
    await reload(gate);
    knowledge.put('banho.txt', 'Banho: R$ 60,00');
    await reload(gate);
    knowledge.put('loja.perguntas.txt', QUESTIONS.replace('50', '60'));

    const { changed, refused } = await reload(gate);

    expect([changed, refused, gate.report.refused]).toEqual([true, undefined, false]);
  });

  it('serves the first state even where it fails, and says so loudly', async () => {
    knowledge.put('banho.txt', 'Banho: R$ 60,00');
    const gate = aGate('block');

    const { changed, refused } = await reload(gate);

    expect([changed, refused]).toEqual([true, undefined]);
    expect(gate.report).toMatchObject({ failed: 1, refused: false });
    expect(logger.events('error')).toEqual(['knowledge served although golden questions fail']);
  });

  it('takes a change that mends one answer of two, and refuses one that breaks the other as well', async () => {
    knowledge.put('banho.txt', 'Banho: R$ 60,00');
    knowledge.put('horario.txt', 'Horário: 8h');
    const gate = aGate('block');
    await reload(gate);
    knowledge.put('horario.txt', 'Horário: 9h');
    const mended = await reload(gate);
    knowledge.put('horario.txt', 'Horário: 7h');

    const broken = await reload(gate);

    expect([mended.changed, mended.refused]).toEqual([true, undefined]);
    expect([broken.changed, broken.refused]).toEqual([false, true]);
  });

  it('reports again what is served when a refused change is taken back', async () => {
    const gate = aGate('block');
    await reload(gate);
    knowledge.put('banho.txt', 'Banho: R$ 60,00');
    await reload(gate);
    knowledge.put('banho.txt', 'Banho: R$ 50,00');

    await reload(gate);

    expect(gate.report).toMatchObject({ failed: 0, refused: false });
  });

  it('keeps nothing out for a line of questions that it cannot read, and names it', async () => {
    const gate = aGate('block');
    await reload(gate);
    knowledge.put('loja.perguntas.txt', `${QUESTIONS}\nqualquer coisa`);
    knowledge.put('horario.txt', 'Horário: 9h às 17h');

    const { changed } = await reload(gate);

    expect(changed).toBe(true);
    expect(gate.report.mistakes.map(({ file, line }) => [file, line])).toEqual([
      ['loja.perguntas.txt', 6],
    ]);
    expect(logger.events('warn')).toEqual(['golden questions not understood']);
  });

  it('checks five hundred questions and says that it checks no more', async () => {
    const many = Array.from({ length: 501 }, () => 'P: Horário?\ndeve conter: 9h').join('\n');
    knowledge.put('loja.perguntas.txt', many);
    const gate = aGate('warn');

    await reload(gate);

    expect(gate.report.questions).toBe(500);
    expect(gate.report.mistakes).toMatchObject([{ file: 'loja.perguntas.txt', line: 1001 }]);
  });

  it('logs twenty failures and reports them all', async () => {
    const many = Array.from({ length: 30 }, () => 'P: Horário?\ndeve conter: 7h').join('\n');
    knowledge.put('loja.perguntas.txt', many);
    const gate = aGate('warn');

    await reload(gate);

    expect(gate.report.failures).toHaveLength(30);
    expect(logger.events().filter((event) => event === 'golden question failed')).toHaveLength(20);
  });
});
