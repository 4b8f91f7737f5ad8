import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { applySettings } from '../../../src/adapters/outbound/sqlite/apply-settings.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('applySettings', () => {
  let files: ReturnType<typeof temporaryFolder>;
  let db: DatabaseSync;

  beforeEach(() => {
    files = temporaryFolder();
    db = new DatabaseSync(path.join(files.folder, 'agent.db'));
  });
  afterEach(() => {
    db.close();
    files.remove();
  });

  it.each([
    ['journal_mode', { journal_mode: 'wal' }],
    ['synchronous', { synchronous: 2 }],
    ['busy_timeout', { timeout: 0 }],
    ['foreign_keys', { foreign_keys: 1 }],
    ['secure_delete', { secure_delete: 1 }],
    ['wal_autocheckpoint', { wal_autocheckpoint: 12_000 }],
    ['temp_store', { temp_store: 2 }],
    ['cache_size', { cache_size: -8000 }],
    ['journal_size_limit', { journal_size_limit: 67_108_864 }],
  ])('sets %s', (name, expected) => {
    applySettings(db);

    expect({ ...db.prepare(`PRAGMA ${name}`).get() }).toEqual(expected);
  });

  it('refuses a database that cannot have a write-ahead log', () => {
    const inMemory = new DatabaseSync(':memory:');

    expect(() => {
      applySettings(inMemory);
    }).toThrow('SQLite answers journal_mode = memory where WAL was set');
    inMemory.close();
  });
});
