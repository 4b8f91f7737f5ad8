import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { ensureBuilt, PROJECT } from '../support/project.ts';

describe('npm run ask', () => {
  beforeAll(ensureBuilt, 90_000);

  function ask(environment: Readonly<Record<string, string>>): Promise<{ stdout: string }> {
    const { OPENAI_API_KEY: _key, ...inherited } = process.env;
    return promisify(execFile)('npm', ['run', '-s', 'ask', '--', 'qto custa o curso de exel?'], {
      cwd: PROJECT,
      env: { ...inherited, ...environment },
    });
  }

  it('finds its way without a service, a key or anything configured', async () => {
    const { stdout } = await ask({ NODE_ENV: 'production' });

    expect(stdout).toContain('exel: não está nos textos; lida como "excel"');
    expect(stdout).toMatch(/^ {2}1\. \d,\d\d {2}.*\[cursos\/excel\.txt\]$/mu);
  });

  it('says what is wrong with the folder', async () => {
    await expect(ask({ RAG_DIR: '/nowhere' })).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'A pasta de conhecimento não pôde ser lida (ENOENT)\n',
    });
  });

  it('says what is wrong with the configuration', async () => {
    await expect(ask({ RAG_CONTEXT_TOKENS: 'many' })).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('RAG_CONTEXT_TOKENS: must be') as unknown,
    });
  });
});
