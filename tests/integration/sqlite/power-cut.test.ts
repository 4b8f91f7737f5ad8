import { execFileSync, fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { describeWith } from '../../support/describe-with.ts';
import { findProgram } from '../../support/programs.ts';
import { ask, kill } from '../../support/store-processes.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const GCC = { name: 'gcc', path: findProgram('gcc'), isRequired: false };
const SHIM = path.resolve('tests/support/native/power-cut.c');
const SCRIPT = path.resolve('tests/support/store-process.ts');
const NORMAL = path.resolve('tests/support/normal-synchronous.ts');
const MESSAGES = 1_500;
const LONGEST_MS = 60_000;

describeWith(GCC, 'a power cut', (gcc) => {
  let files: ReturnType<typeof temporaryFolder>;
  let watched: string;
  let durable: string;
  let library: string;

  beforeEach(() => {
    files = temporaryFolder();
    [watched, durable] = ['watched', 'durable'].map((name) => path.join(files.folder, name)) as [
      string,
      string,
    ];
    mkdirSync(watched);
    mkdirSync(durable);
    library = path.join(files.folder, 'power-cut.so');
    execFileSync(gcc, ['-shared', '-fPIC', '-O2', '-o', library, SHIM, '-ldl']);
  });
  afterEach(() => {
    files.remove();
  });

  /** Takes in messages and dies. @returns How many were acknowledged, and how many a power cut leaves. */
  async function cutAfterAll(execArgv: string[]): Promise<{ said: number; kept: number }> {
    const child = fork(SCRIPT, {
      execArgv,
      env: {
        ...process.env,
        LD_PRELOAD: library,
        POWER_CUT_FROM: watched,
        POWER_CUT_TO: durable,
      },
    });
    const database = { file: path.join(watched, 'agent.db') };
    await ask(child, { do: 'open', database, owner: 'worker-1' });
    const accepted = (await ask(child, { do: 'receive', count: MESSAGES })) as string[];
    await kill(child);
    return { said: accepted.length, kept: messagesIn(path.join(durable, 'agent.db')) };
  }

  it(
    'leaves every message that was acknowledged',
    async () => {
      expect(await cutAfterAll([])).toEqual({ said: MESSAGES, kept: MESSAGES });
    },
    LONGEST_MS,
  );

  it(
    'takes some of them with synchronous=NORMAL, so that this test can fail',
    async () => {
      const { said, kept } = await cutAfterAll(['--import', NORMAL]);

      expect(said).toBe(MESSAGES);
      expect(kept).toBeLessThan(MESSAGES);
    },
    LONGEST_MS,
  );
});

/** A power cut may take the tables, too. */
function messagesIn(file: string): number {
  const db = new DatabaseSync(file);
  try {
    const isThere = db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'inbox'`).get();
    if (isThere === undefined) return 0;
    return Number(db.prepare('SELECT count(*) AS messages FROM inbox').get()?.['messages']);
  } finally {
    db.close();
  }
}
