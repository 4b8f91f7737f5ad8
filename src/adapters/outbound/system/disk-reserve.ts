import { constants } from 'node:fs';
import { open, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';

import { type Reserve } from './watched-capacity.ts';

export interface DiskReserveOptions {
  /** Path of the database's file. */
  readonly file: string;
  readonly minFreeBytes: number;
  /** Size of the ballast beside the database; 0 for none. */
  readonly ballastBytes: number;
}

/** The room was used up meanwhile, or another process was faster: the next look tries again. */
const PASSING: ReadonlySet<unknown> = new Set(['ENOSPC', 'ENOENT']);

/** Written at a time: one write of the whole would hold much memory. */
const PIECE_BYTES = 1_048_576;

/**
 * Watches the volume of the database, and keeps a ballast file beside it. SQLite cannot even delete
 * on a full disk, since its log must grow first; so the ballast is given up while it still can.
 * Several processes may do all of this at once.
 */
export class DiskReserve implements Reserve {
  constructor(private readonly options: DiskReserveOptions) {}

  async isEnough(): Promise<boolean> {
    const { minFreeBytes, ballastBytes } = this.options;
    const free = await this.#free();
    if (ballastBytes === 0 || free < ballastBytes) await this.#giveUp();
    else if (free >= Math.max(minFreeBytes, ballastBytes) + ballastBytes) await this.#lay();
    return free >= minFreeBytes;
  }

  get #ballast(): string {
    return `${this.options.file}-ballast`;
  }

  async #free(): Promise<number> {
    const { bavail, bsize } = await statfs(path.dirname(path.resolve(this.options.file)));
    return bavail * bsize;
  }

  #giveUp(): Promise<void> {
    return rm(this.#ballast, { force: true });
  }

  /** Leaves a ballast of the right size, which takes its room on the disk. */
  async #lay(): Promise<void> {
    const size = await stat(this.#ballast).then(
      (found) => found.size,
      () => undefined,
    );
    if (size === this.options.ballastBytes) return;
    // One name for all processes: zeros over zeros do no harm, and a crash leaves one draft at most.
    const draft = `${this.#ballast}-draft`;
    try {
      await this.#write(draft);
      await rename(draft, this.#ballast);
    } catch (error) {
      if (!PASSING.has(codeOf(error))) throw error;
      await rm(draft, { force: true });
    }
  }

  async #write(draft: string): Promise<void> {
    const handle = await open(draft, constants.O_CREAT | constants.O_WRONLY, 0o600);
    try {
      const piece = Buffer.alloc(PIECE_BYTES);
      for (let left = this.options.ballastBytes; left > 0; left -= piece.length) {
        await handle.write(piece, 0, Math.min(left, piece.length));
      }
      await handle.truncate(this.options.ballastBytes);
      // Only what has reached the disk has surely been given its place there.
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
