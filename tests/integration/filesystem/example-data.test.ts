import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { FilesystemKnowledgeStore } from '../../../src/adapters/outbound/filesystem/filesystem-knowledge-store.ts';
import { GoldenGate } from '../../../src/application/use-cases/golden-gate.ts';
import { KnowledgeInspection } from '../../../src/application/use-cases/knowledge-inspection.ts';
import { DryRunLanguageModel } from '../../../src/adapters/outbound/sandbox/dry-run-language-model.ts';
import { aModelRequest } from '../../builders/a-model-request.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { RecordingLogger } from '../../doubles/recording-logger.ts';

const folder = join(import.meta.dirname, '../../../data');

describe('the example knowledge', () => {
  let store: FilesystemKnowledgeStore;

  beforeAll(async () => {
    store = openStore(8000);
    await store.reload('changed');
  });

  function openStore(contextTokens: number): FilesystemKnowledgeStore {
    const personaFile = join(folder, 'persona.md');
    const clock = new ManualClock();
    return new FilesystemKnowledgeStore({
      folder,
      personaFile,
      contextTokens,
      clock,
      settleMs: 3000,
    });
  }

  async function best(query: string): Promise<readonly [string, string]> {
    const { passages } = await store.find(query);
    const [first] = passages.toSorted((one, other) => other.score - one.score);
    return [first?.document ?? '', first?.text ?? ''];
  }

  it('is served whole, with its persona', async () => {
    const { skipped, documents, persona } = store.current();

    expect([skipped, documents]).toEqual([[], 11]);
    expect(persona).toMatch(/^Você é a Lia/u);
    expect((await store.find('Qual o preço do curso?')).whole).toBe(true);
  });

  it('answers the price of the course with a price, also where only the best passages are shown', async () => {
    const small = openStore(300);
    await small.reload('changed');

    const [whole, [first]] = [
      await best('Qual o preço do curso?'),
      (await small.find('Qual o preço do curso?')).passages,
    ];

    expect(whole[0]).toMatch(/^cursos\//u);
    expect(whole[1]).toMatch(/^Preço: R\$ \d{3},00\n/u);
    expect(first?.text).toBe(whole[1]);
  });

  it.each([
    ['qto custa o curso d excel', 'cursos/excel.txt', 'R$ 297,00'],
    ['Qual a carga horária do marketing digital?', 'cursos/marketing_digital.txt', '40 horas'],
    ['Qual a data de inicio do curso de programacao?', 'cursos/programacao_web.txt', '02/08/2027'],
    ['vcs dao certificado?', 'politicas/certificado.txt', 'certificado digital'],
    ['aceita cartoes?', 'politicas/pagamento.txt', 'Cartão de crédito'],
    ['quero pedir devolucao', 'politicas/cancelamento.txt', 'cancelamento@pontedigital.example'],
    ['onde fica a escola', 'contato.txt', 'Rua da Ponte Imaginária, 123'],
    ['Qual o horário?', 'contato.txt', 'segunda a sexta-feira, das 9h às 18h'],
    ['Quero comprar', 'faq/matricula.txt', 'pelo link'],
    ['como me matricular?', 'faq/matricula.txt', 'pelo link'],
    ['Quais os cursos?', 'faq/matricula.txt', 'Marketing Digital'],
    ['quero falar com uma pessoa', 'contato.txt', '(00) 5555-0100'],
    ['qual o valor do marketing digital', 'cursos/marketing_digital.txt', 'R$ 497,00'],
    ['perdi a aula', 'faq/aulas.txt', 'gravação'],
    ['preciso ter experiencia?', 'faq/matricula.txt', 'do zero'],
  ])('answers "%s" from %s', async (query, document, fact) => {
    const [path, text] = await best(query);

    expect(path).toBe(document);
    expect(text).toContain(fact);
  });

  it.each([
    ['Qual o preço do curso?', ['R$ 187,15', 'R$ 234,65', 'R$ 282,15', 'R$ 472,15', 'R$ 852,15']],
    ['Quero comprar', []],
  ])('is quoted without AI, for "%s" with the prices %j', async (question, prices) => {
    const grounding = await store.find(question);

    const { text } = await new DryRunLanguageModel().answer(
      aModelRequest({ question, grounding }),
      new AbortController().signal,
    );

    expect(
      [...text.matchAll(/no Pix: (R\$ [\d,]+)/gu)].map(([, price]) => price).toSorted(),
    ).toEqual(prices);
    expect(text).not.toMatch(/devolução/u);
    expect(text.length).toBeLessThan(1_500);
  });

  it('answers its golden questions', async () => {
    const logger = new RecordingLogger();
    const settings = { mode: 'block', timeZone: 'America/Sao_Paulo' } as const;
    const gate = new GoldenGate({ clock: new ManualClock(), logger }, settings);

    await openStore(8000).reload('all', gate.admit);

    expect(gate.report.questions).toBeGreaterThanOrEqual(10);
    expect([...gate.report.failures, ...gate.report.mistakes]).toEqual([]);
  });

  it('has nothing for its owner to look at', async () => {
    const clock = new ManualClock();
    const ports = { knowledge: store, clock, logger: new RecordingLogger() };

    expect(await new KnowledgeInspection(ports, 'America/Sao_Paulo').notices()).toEqual([]);
  });

  it('holds files as Notepad saves them', async () => {
    const cancelling = await readFile(join(folder, 'politicas/cancelamento.txt'));
    const enrolling = await readFile(join(folder, 'faq/matricula.txt'));

    expect(cancelling.subarray(0, 24).toString('latin1')).toBe('CANCELAMENTO E DEVOLUÇÃO');
    expect(cancelling.includes('\r\n')).toBe(true);
    expect([...enrolling.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(store.current().text).toContain('CANCELAMENTO E DEVOLUÇÃO\n\nANTES DO INÍCIO:');
  });
});
