import { readFileSync, realpathSync } from 'node:fs';

/**
 * The byte of the `-shm` file that stands for the right to write; from SQLite's file format
 * (sqlite.org/walformat.html, "WAL Locks"): locks begin at byte 120, the write lock is the first.
 */
const WRITE_LOCK_BYTE = 120;

/** proc(5), /proc/locks: number, kind, mode, access, pid, device and inode, first byte, last byte. */
const LOCK = /^\d+: POSIX +\S+ +WRITE +(\d+) +(\S+) +(\d+) +(\d+|EOF)$/u;

/** proc(5), /proc/<pid>/maps: addresses, rights, offset, device, inode, path. */
const MAPPING = /^\S+ \S+ \S+ (\S+) (\d+) +(.*)$/u;

/**
 * The pid that holds the write lock of a database in WAL mode, as this machine's kernel tells;
 * `undefined` where none does, it is not visible from here, or the system has no /proc.
 */
export function writeLockHolder(file: string): number | undefined {
  try {
    // A file's device is not the same everywhere in /proc; in these two it is.
    const id = mappedFile(readFileSync('/proc/self/maps', 'utf8'), `${realpathSync(file)}-shm`);
    return id === undefined ? undefined : holderIn(readFileSync('/proc/locks', 'utf8'), id);
  } catch {
    return undefined;
  }
}

/** Device and inode of a file that is mapped, as /proc writes them. */
export function mappedFile(maps: string, path: string): string | undefined {
  for (const line of maps.split('\n')) {
    const [, device, inode, mapped] = MAPPING.exec(line) ?? [];
    if (mapped === path) return `${device}:${inode}`;
  }
  return undefined;
}

/** Who holds the write lock of the file; neighbouring locks of one process are one line. */
export function holderIn(locks: string, id: string): number | undefined {
  for (const line of locks.split('\n')) {
    const [, pid, locked, first, last] = LOCK.exec(line) ?? [];
    if (locked !== id || Number(first) > WRITE_LOCK_BYTE) continue;
    if (last === 'EOF' || Number(last) >= WRITE_LOCK_BYTE) return Number(pid);
  }
  return undefined;
}
