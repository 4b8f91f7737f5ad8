import { runBackup } from './infrastructure/run-backup.ts';

process.exitCode = await runBackup(process.argv.slice(2));
