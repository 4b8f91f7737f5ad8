import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { ensureBuilt, PROJECT } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('npm run knowledge:check', () => {
  beforeAll(ensureBuilt, 90_000);

  function check(environment: Readonly<Record<string, string>>): Promise<{ stdout: string }> {
    const { OPENAI_API_KEY: _key, ...inherited } = process.env;
    return promisify(execFile)('npm', ['run', '-s', 'knowledge:check'], {
      cwd: PROJECT,
      env: { ...inherited, NODE_ENV: 'production', ...environment },
    });
  }

  it('finds nothing wrong with the example, without a key or a database', async () => {
    const { stdout } = await check({});

    expect(stdout).toMatch(/Perguntas de conferência: \d\d\.\n[^]*Tudo confere\.\n$/u);
  });

  it('fails over a price that somebody mistyped, and says where it stands', async () => {
    const { folder, remove } = temporaryFolder();
    await cp(join(PROJECT, 'data'), folder, { recursive: true });
    const file = join(folder, 'cursos/excel.txt');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('R$ 297,00', 'R$ 279,00'), 'latin1');

    await expect(check({ RAG_DIR: folder })).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining(
        'exemplos.perguntas.txt, linha 8: a pergunta "Quanto custa o curso de Excel?" devia encontrar "R$ 297,00" e não encontrou; o que aparece é R$ 279,00 (cursos/excel.txt, linha 6)',
      ) as unknown,
    });
    remove();
  });
});
