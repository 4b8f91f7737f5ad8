import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of its own for one test. */
export interface KnowledgeFolder {
  readonly path: string;
  /** Writes a file, and says when it was written; by default long ago. */
  write(name: string, content: string | Uint8Array, writtenAt?: number): Promise<void>;
  /** Makes a named pipe that nobody writes to. */
  pipe(name: string): void;
  close(): Promise<void>;
}

/** Opens an empty folder; {@link KnowledgeFolder.close} removes it with all that is in it. */
export async function openKnowledgeFolder(): Promise<KnowledgeFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'knowledge-')));
  return {
    path,
    async write(name, content, writtenAt = Date.UTC(2020, 0, 1)) {
      const file = join(path, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
      await utimes(file, writtenAt / 1000, writtenAt / 1000);
    },
    pipe(name) {
      execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', join(path, name)]);
    },
    close: () => rm(path, { recursive: true, force: true }),
  };
}
