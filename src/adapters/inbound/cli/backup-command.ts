import { statSync } from 'node:fs';
import path from 'node:path';

import { type Clock } from '../../../application/ports/outbound/clock.ts';
import { type StoreBackup } from '../../../application/ports/outbound/store-backup.ts';
import { type Lines } from './lines.ts';

/** The exit codes; only with `done` there is a backup. */
const EXIT = { done: 0, failed: 1, commandOnly: 2 } as const;

/** `backup [target]`: a file, or a folder in which the file gets a name with date and time. */
export class BackupCommand {
  constructor(
    private readonly backup: StoreBackup,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly lines: Lines,
  ) {}

  /** @returns The exit code. */
  async run([target, ...more]: readonly string[]): Promise<number> {
    const { err } = this.lines;
    if (more.length > 0 || target?.startsWith('-') === true) {
      err('usage: npm run backup [-- <file or folder>]');
      return EXIT.failed;
    }
    try {
      return await this.make(this.fileFor(target));
    } catch (error) {
      err(`No backup was made: ${reasonOf(error)}`);
      return EXIT.failed;
    }
  }

  private async make(file: string): Promise<number> {
    const { out, err } = this.lines;
    const outcome = await this.backup.make(file);
    if (outcome.kind === 'written') {
      out(`${file} (${outcome.bytes} bytes, checked)`);
      return EXIT.done;
    }
    err('No backup was made: PostgreSQL has a tool of its own. Run this:');
    out(outcome.command);
    for (const hint of outcome.hints) err(hint);
    return EXIT.commandOnly;
  }

  private fileFor(target: string | undefined): string {
    const { folder, stem, extension } = this.backup.usual;
    if (target !== undefined && !isFolder(target)) return target;
    const instant = new Date(this.clock.now()).toISOString();
    const stamp = instant.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length).replaceAll(':', '-');
    return path.join(target ?? folder, `${stem}-${stamp}Z${extension}`);
  }
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** What the system or SQLite says names no secret; its stack would tell an operator nothing. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
