import { BackupCommand } from '../adapters/inbound/cli/backup-command.ts';
import { PostgresBackup } from '../adapters/outbound/postgres/postgres-backup.ts';
import { SqliteBackup } from '../adapters/outbound/sqlite/sqlite-backup.ts';
import { SystemClock } from '../adapters/outbound/system/system-clock.ts';
import { type StoreBackup } from '../application/ports/outbound/store-backup.ts';
import { loadDatabaseLocation } from './config.ts';
import { type DatabaseLocation } from './database-location.ts';
import { runCommand } from './run-command.ts';

/** Backs up the database that the service's environment names. @returns The exit code. */
export function runBackup(words: readonly string[]): Promise<number> {
  return runCommand(words, (environment, lines) => {
    const backup = backupOf(loadDatabaseLocation(environment));
    return new BackupCommand(backup, new SystemClock(), lines);
  });
}

function backupOf(location: DatabaseLocation): StoreBackup {
  return location.kind === 'sqlite'
    ? new SqliteBackup(location.file)
    : new PostgresBackup(location.url);
}
