import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PROJECT } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('scripts/prepare.mjs', () => {
  let folder: string;
  let remove: () => void;

  beforeEach(() => {
    ({ folder, remove } = temporaryFolder());
    const build = "node -e \"require('fs').writeFileSync('built', '')\"";
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { build } }));
  });

  afterEach(() => {
    remove();
  });

  function prepare(): { readonly code: number | null; readonly said: string } {
    const script = join(PROJECT, 'scripts/prepare.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: folder },
      encoding: 'utf8',
    });
    return { code: status, said: stdout + stderr };
  }

  it('builds where the compiler is', () => {
    mkdirSync(join(folder, 'node_modules/typescript'), { recursive: true });

    const { code } = prepare();

    expect(code).toBe(0);
    expect(existsSync(join(folder, 'built'))).toBe(true);
  });

  it('hands on that the build failed', () => {
    mkdirSync(join(folder, 'node_modules/typescript'), { recursive: true });
    const build = 'node -e "process.exit(3)"';
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { build } }));

    expect(prepare().code).not.toBe(0);
  });

  it('keeps, without the compiler, the dist/ that is there, and says so', () => {
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist/main.js'), '');

    const { code, said } = prepare();

    expect(code).toBe(0);
    expect(said).toContain('No compiler here: dist/ is kept as it is.');
  });

  it('says in one line what to do where there is neither compiler nor dist/', () => {
    const { code, said } = prepare();

    expect(code).toBe(1);
    expect(said).toBe(
      'No compiler here to build dist/ with. Run: npm ci --include=dev && npm prune --omit=dev --ignore-scripts\n',
    );
  });
});
