import { existsSync } from 'node:fs';

import { BackupCommand } from '../adapters/inbound/cli/backup-command.ts';
import { PostgresBackup } from '../adapters/outbound/postgres/postgres-backup.ts';
import { SqliteBackup } from '../adapters/outbound/sqlite/sqlite-backup.ts';
import { SystemClock } from '../adapters/outbound/system/system-clock.ts';
import { type StoreBackup } from '../application/ports/outbound/store-backup.ts';
import { InvalidConfigError, loadDatabaseLocation } from './config.ts';
import { type DatabaseLocation } from './database-location.ts';

/** Backs up the database that the service's environment names. @returns The exit code. */
export async function runBackup(words: readonly string[]): Promise<number> {
  try {
    if (process.env['NODE_ENV'] !== 'production' && existsSync('.env')) process.loadEnvFile('.env');
    const backup = backupOf(loadDatabaseLocation(process.env));
    const command = new BackupCommand(backup, new SystemClock(), {
      out: (line) => process.stdout.write(`${line}\n`),
      err: (line) => process.stderr.write(`${line}\n`),
    });
    return await command.run(words);
  } catch (error) {
    if (!(error instanceof InvalidConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

function backupOf(location: DatabaseLocation): StoreBackup {
  return location.kind === 'sqlite'
    ? new SqliteBackup(location.file)
    : new PostgresBackup(location.url);
}
