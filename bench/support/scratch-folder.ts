import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from './paths.ts';

/** statfs(2): a file system in memory, where a flush costs nothing. */
const IN_MEMORY = new Set([0x01021994, 0x858458f6]);

/**
 * Runs work with an empty folder on the project's disk, and removes the folder.
 *
 * @throws Error where that "disk" is memory: figures from there say nothing about durability.
 */
export async function withScratchFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  mkdirSync(inProject('var'), { recursive: true });
  const folder = mkdtempSync(join(inProject('var'), 'bench-'));
  try {
    if (IN_MEMORY.has(statfsSync(folder).type)) {
      throw new Error(
        'var/ is in memory; put the project on a real disk to measure durable writes',
      );
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
