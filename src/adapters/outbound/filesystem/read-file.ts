import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

import { type FileStamp, isSameStamp, stampOf } from './file-stamp.ts';
import { errorCode } from './system-error.ts';
import { type Decoded } from './text-decoding.ts';

/** A file to be read, as it was found. */
export interface ReadableFile {
  /** Absolute, with every link resolved. */
  readonly realPath: string;
  readonly stamp: FileStamp;
  /** What is larger is refused unread. */
  readonly maxBytes: number;
}

/** A file's content as a text, in words for the owner why there is none, or that it is what it was. */
export type FileContent = (Decoded & { readonly digest?: string }) | 'same' | 'later';

/** What reading one file came to. */
export type FileReading =
  /** `isStill`: nobody wrote it between its being found and its having been read. */
  | ({ readonly kind: 'text'; readonly isStill: boolean } & ReadText)
  /** The content as it is cannot be served. */
  | {
      readonly kind: 'refused';
      readonly reason: string;
      readonly isStill: boolean;
      readonly digest?: string;
    }
  /** The content is the one whose digest is known. */
  | { readonly kind: 'same'; readonly isStill: boolean }
  /** It can perhaps be read the next time. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'gone' };

interface ReadText {
  readonly text: string;
  /** What the owner should know of it all the same. */
  readonly notice?: string;
  /** Of the bytes, where reading them is worth avoiding. */
  readonly digest?: string;
}

// Not waiting for the other end of a pipe; and not following a link that took the file's place.
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

const REPLACED = 'foi trocado por outro durante a leitura; será lido na próxima verificação';

const NO_TIME_YET =
  'ainda não foi lido: os arquivos pesados são lidos aos poucos; será lido na próxima verificação';

const REFUSED: Readonly<Record<string, string>> = {
  EACCES: 'sem permissão de leitura',
  EPERM: 'sem permissão de leitura',
  ELOOP: 'é um atalho que não leva a um arquivo',
  EISDIR: 'é uma pasta, não um arquivo',
  ENXIO: 'não é um arquivo comum',
};

/**
 * Reads a file. Never throws: whatever is wrong with one file is an outcome.
 *
 * @param toContent - Makes a normalised text of the bytes.
 */
export async function readFile(
  file: ReadableFile,
  toContent: (bytes: Uint8Array) => Promise<FileContent>,
): Promise<FileReading> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file.realPath, FLAGS);
    return await readOpen(handle, file, toContent);
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

async function readOpen(
  handle: FileHandle,
  file: ReadableFile,
  toContent: (bytes: Uint8Array) => Promise<FileContent>,
): Promise<FileReading> {
  const stats = await handle.stat();
  if (!stats.isFile()) return refused('não é um arquivo comum');
  // Not the file that was found to lie inside the folder.
  if (stats.ino !== file.stamp.inode) return { kind: 'unreadable', reason: REPLACED };
  if (stats.size > file.maxBytes) return refused(tooLarge(file.maxBytes));
  const bytes = await readBytes(handle, stats.size);
  const isStill = isSameStamp(file.stamp, stampOf(await handle.stat()));
  const content = await toContent(bytes);
  if (content === 'later') return { kind: 'unreadable', reason: NO_TIME_YET };
  if (content === 'same') return { kind: 'same', isStill };
  return { kind: 'reason' in content ? 'refused' : 'text', ...content, isStill } as FileReading;
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
