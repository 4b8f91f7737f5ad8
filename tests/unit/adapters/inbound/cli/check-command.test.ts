import { describe, expect, it } from '@jest/globals';

import { CheckCommand } from '../../../../../src/adapters/inbound/cli/check-command.ts';
import { type KnowledgeCheck } from '../../../../../src/application/ports/inbound/check-knowledge.ts';
import { NO_QUESTIONS } from '../../../../../src/domain/knowledge/golden-report.ts';
import { A_SNAPSHOT } from '../../../../support/http-harness.ts';

const SNAPSHOT = { ...A_SNAPSHOT, skipped: [] };
const GOOD: KnowledgeCheck = {
  snapshot: SNAPSHOT,
  changed: true,
  golden: { ...NO_QUESTIONS, questions: 3 },
  notices: [],
};

function checking(checked: KnowledgeCheck) {
  const out: string[] = [];
  const err: string[] = [];
  const lines = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const command = new CheckCommand({ execute: () => Promise.resolve(checked) }, lines);
  return { out, err, run: (...words: string[]) => command.run(words) };
}

describe('CheckCommand', () => {
  it('says that all is well, and exits with 0', async () => {
    const { out, err, run } = checking(GOOD);

    expect(await run()).toBe(0);
    expect(out).toEqual([
      'Arquivos: 5. Trechos: 40. Perguntas de conferência: 3.',
      '',
      'Tudo confere.',
    ]);
    expect(err).toEqual([]);
  });

  it('lists answers that are not as expected with file and line, and exits with 1', async () => {
    const failures = [
      { file: 'a.perguntas.txt', line: 2, message: 'um' },
      { file: 'a.perguntas.txt', line: 3, message: 'dois' },
    ];
    const { out, run } = checking({ ...GOOD, golden: { ...GOOD.golden, failed: 1, failures } });

    expect(await run()).toBe(1);
    expect(out.slice(1)).toEqual([
      '',
      'Respostas que não conferem:',
      '  a.perguntas.txt, linha 2: um',
      '  a.perguntas.txt, linha 3: dois',
      '',
      'Não conferem 1 de 3 perguntas.',
    ]);
  });

  it.each([
    [{ ...GOOD, golden: { ...GOOD.golden, mistakes: [{ file: 'a', message: 'b' }] } }],
    [{ ...GOOD, snapshot: { ...SNAPSHOT, skipped: [{ file: 'a', reason: 'b' }] } }],
  ])('exits with 1 for what cannot be read', async (checked) => {
    const { out, run } = checking(checked);

    expect(await run()).toBe(1);
    expect(out).toContain('  a: b');
    expect(out.at(-1)).toBe('Corrija o que está acima e confira de novo.');
  });

  it('lists what is worth a look, once, and fails nothing for it', async () => {
    const { out, run } = checking({
      ...GOOD,
      notices: [
        { kind: 'past_date', file: 'a.txt', line: 3, message: '01/02/2026 já passou' },
        { kind: 'skipped_file', file: 'b.txt', message: 'o arquivo está vazio' },
      ],
    });

    expect(await run()).toBe(0);
    expect(out.slice(1)).toEqual([
      '',
      'Vale a pena olhar:',
      '  a.txt, linha 3: 01/02/2026 já passou',
      '',
      'Tudo confere.',
    ]);
  });

  it('exits with 1 where the folder cannot be read', async () => {
    const { err, out, run } = checking({ ...GOOD, failure: 'A pasta não pôde ser lida (ENOENT)' });

    expect(await run()).toBe(1);
    expect([out, err]).toEqual([[], ['A pasta não pôde ser lida (ENOENT)']]);
  });

  it('takes no words', async () => {
    const { err, run } = checking(GOOD);

    expect(await run('--ajuda')).toBe(1);
    expect(err).toEqual(['uso: npm run knowledge:check']);
  });
});
