import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { describe, expect, it } from '@jest/globals';

import {
  holderIn,
  mappedFile,
  writeLockHolder,
} from '../../../src/adapters/outbound/sqlite/lock-holder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MAPS = `55d0c8a00000-55d0c8a01000 r--p 00000000 fe:00 1234                       /usr/bin/node
7f2a10000000-7f2a10008000 rw-s 00000000 fe:00 21500                      /srv/my shop/agent.db-shm
7f2a10008000-7f2a10009000 rw-p 00000000 00:00 0 
`;

const FILE = 'fe:00:21500';

describe('mappedFile', () => {
  it('finds device and inode of a file that is mapped', () => {
    expect(mappedFile(MAPS, '/srv/my shop/agent.db-shm')).toBe(FILE);
  });

  it('does not take one file for another', () => {
    expect(mappedFile(MAPS, '/srv/my shop/agent.db')).toBeUndefined();
  });
});

describe('holderIn', () => {
  it.each([
    ['the lock alone', '1: POSIX  ADVISORY  WRITE 4711 fe:00:21500 120 120', 4_711],
    ['the checkpoint with it', '12: POSIX  ADVISORY  WRITE 4711 fe:00:21500 120 121', 4_711],
    ['everything', '1: POSIX  ADVISORY  WRITE 4711 fe:00:21500 0 EOF', 4_711],
    ['a reader', '1: POSIX  ADVISORY  READ  4711 fe:00:21500 123 123', undefined],
    ['a checkpoint', '1: POSIX  ADVISORY  WRITE 4711 fe:00:21500 121 121', undefined],
    ['another file', '1: POSIX  ADVISORY  WRITE 4711 fe:00:21501 120 120', undefined],
    ['another disk', '1: POSIX  ADVISORY  WRITE 4711 fe:01:21500 120 120', undefined],
    ['one who waits', '1: -> POSIX  ADVISORY  WRITE 4711 fe:00:21500 120 120', undefined],
    ['a lease of the kernel', '1: LEASE  ACTIVE    READ  4711 fe:00:21500 0 EOF', undefined],
  ])('reads %s', (_what, line, pid) => {
    expect(holderIn(`1: FLOCK  ADVISORY  WRITE 1 fe:00:7 0 EOF\n${line}\n`, FILE)).toBe(pid);
  });
});

describe('writeLockHolder', () => {
  it('sees who writes at this moment', () => {
    const files = temporaryFolder();
    const file = path.join(files.folder, 'agent.db');
    const db = new DatabaseSync(file);
    db.exec('PRAGMA journal_mode = WAL; CREATE TABLE word (word TEXT)');
    const before = writeLockHolder(file);
    db.exec('BEGIN IMMEDIATE');
    const during = writeLockHolder(file);
    db.exec('COMMIT');
    const after = writeLockHolder(file);
    db.close();
    files.remove();

    expect([before, during, after]).toEqual([undefined, process.pid, undefined]);
  });

  it('sees nobody where there is no such file', () => {
    expect(writeLockHolder('/nowhere/agent.db')).toBeUndefined();
  });
});
