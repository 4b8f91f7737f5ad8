import { existsSync } from 'node:fs';
import path from 'node:path';

import TestRunner from 'jest-runner';

/** What waits most comes first, so that no worker is left with a long suite at the end. */
const FOLDERS = ['tests/e2e/', 'tests/integration/', 'tests/unit/'];

/**
 * Runs most suites beside each other, and then, one after the other with nothing beside them, those whose
 * outcome rests on how soon something happens.
 */
export default class LaneRunner extends TestRunner {
  #alone;

  /** @throws Error when one of the suites that are to run alone does not exist. */
  constructor(globalConfig, context, { alone }) {
    super(globalConfig, context);
    this.#alone = new Set(alone.map((name) => path.join(globalConfig.rootDir, name)));
    const absent = [...this.#alone].filter((file) => !existsSync(file));
    if (absent.length > 0) throw new Error(`There is no ${absent.join(', ')}.`);
  }

  async runTests(tests, watcher, options) {
    const isAlone = (test) => this.#alone.has(test.path);
    const beside = tests.filter((test) => !isAlone(test)).sort((a, b) => rank(a) - rank(b));
    if (beside.length > 0) await super.runTests(beside, watcher, options);
    await super.runTests(tests.filter(isAlone), watcher, { ...options, serial: true });
  }
}

function rank({ path: file }) {
  return FOLDERS.findIndex((folder) => file.includes(`/${folder}`));
}
