import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';

import { normaliseText } from '../../../domain/knowledge/normalising.ts';
import { type FileStamp, isSameStamp, stampOf } from './file-stamp.ts';
import { errorCode } from './system-error.ts';
import { decodeText } from './text-decoding.ts';

/** A file to be read, as it was found. */
export interface ReadableFile {
  /** Absolute, with every link resolved. */
  readonly realPath: string;
  readonly stamp: FileStamp;
  /** What is larger is refused unread. */
  readonly maxBytes: number;
}

/** What reading one file came to. */
export type FileReading =
  /** `isStill`: nobody wrote it between its being found and its having been read. */
  | { readonly kind: 'text'; readonly text: string; readonly isStill: boolean }
  /** The content as it is cannot be served. */
  | { readonly kind: 'refused'; readonly reason: string; readonly isStill: boolean }
  /** It can perhaps be read the next time. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'gone' };

// Not waiting for the other end of a pipe; and not following a link that took the file's place.
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

const REPLACED = 'foi trocado por outro durante a leitura; será lido na próxima verificação';

const REFUSED: Readonly<Record<string, string>> = {
  EACCES: 'sem permissão de leitura',
  EPERM: 'sem permissão de leitura',
  ELOOP: 'é um atalho que não leva a um arquivo',
  EISDIR: 'é uma pasta, não um arquivo',
  ENXIO: 'não é um arquivo comum',
};

/** Reads a file as normalised text. Never throws: whatever is wrong with one file is an outcome. */
export async function readTextFile(file: ReadableFile): Promise<FileReading> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file.realPath, FLAGS);
    return await readOpen(handle, file);
  } catch (error) {
    return failedReading(errorCode(error));
  } finally {
    await handle?.close();
  }
}

function failedReading(code: string): FileReading {
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'gone' };
  const reason = REFUSED[code];
  if (reason !== undefined) return refused(reason);
  return { kind: 'unreadable', reason: `não pôde ser lido agora (${code})` };
}

async function readOpen(handle: FileHandle, file: ReadableFile): Promise<FileReading> {
  const stats = await handle.stat();
  if (!stats.isFile()) return refused('não é um arquivo comum');
  // Not the file that was found to lie inside the folder.
  if (stats.ino !== file.stamp.inode) return { kind: 'unreadable', reason: REPLACED };
  if (stats.size > file.maxBytes) return refused(tooLarge(file.maxBytes));
  const bytes = await readBytes(handle, stats.size);
  const isStill = isSameStamp(file.stamp, stampOf(await handle.stat()));
  const decoded = decodeText(bytes);
  if ('reason' in decoded) return { kind: 'refused', reason: decoded.reason, isStill };
  // Both take some 20 ms for 5 MB.
  await setImmediate();
  return { kind: 'text', text: normaliseText(decoded.text), isStill };
}

function refused(reason: string): FileReading {
  return { kind: 'refused', reason, isStill: true };
}

// Never more than the size told before: a file that grows all the time would have no end.
async function readBytes(handle: FileHandle, size: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(buffer, filled, size - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

function tooLarge(maxBytes: number): string {
  const isMegabytes = maxBytes >= 1024 * 1024;
  const limit = isMegabytes ? `${maxBytes / 1024 / 1024} MB` : `${maxBytes / 1024} kB`;
  return `o arquivo passa de ${limit}; divida o conteúdo em arquivos menores`;
}
