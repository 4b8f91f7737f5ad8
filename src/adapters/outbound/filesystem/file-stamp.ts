import { type Stats } from 'node:fs';

/** What shows that a file was written, without reading it. */
export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number;
  /** Also moves where a copy keeps the modification time, and with a change of rights. */
  readonly ctimeMs: number;
  readonly inode: number;
}

/** The stamp of a file as the operating system tells it. */
export function stampOf(stats: Stats): FileStamp {
  const { size, mtimeMs, ctimeMs, ino } = stats;
  return { size, mtimeMs, ctimeMs, inode: ino };
}

/** Whether nothing shows that the file was written between the two. */
export function isSameStamp(one: FileStamp, other: FileStamp | undefined): boolean {
  return (
    one.size === other?.size &&
    one.mtimeMs === other.mtimeMs &&
    one.ctimeMs === other.ctimeMs &&
    one.inode === other.inode
  );
}
