import { execFileSync } from 'node:child_process';
import { rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { temporaryFolder } from './temporary-folder.ts';

const isRoot = process.getuid?.() === 0;

/** What only root may do: mount a volume of its own. */
export const MOUNTING = {
  name: 'root, who may mount a small disk',
  path: isRoot ? 'mount' : undefined,
  isRequired: false,
};

/** A volume of a few megabytes, which can be filled up. */
export class SmallDisk {
  private constructor(
    readonly folder: string,
    private readonly remove: () => void,
  ) {}

  static mount(megabytes: number): SmallDisk {
    const { folder, remove } = temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
    return new SmallDisk(folder, remove);
  }

  /** Leaves no room at all, or so many bytes. */
  fill(leaving = 0): void {
    const filler = path.join(this.folder, 'filler');
    for (const size of [65_536, 4_096]) {
      const piece = Buffer.alloc(size);
      try {
        for (;;) writeFileSync(filler, piece, { flag: 'a' });
      } catch {
        // Full, which is what was asked for.
      }
    }
    if (leaving > 0) truncateSync(filler, statSync(filler).size - leaving);
  }

  free(): void {
    rmSync(path.join(this.folder, 'filler'), { force: true });
  }

  unmount(): void {
    execFileSync('umount', [this.folder]);
    this.remove();
  }
}
