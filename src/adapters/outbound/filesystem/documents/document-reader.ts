import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

import { type Clock } from '../../../../application/ports/outbound/clock.ts';
import { plainMarkdown } from '../../../../domain/knowledge/markdown.ts';
import { normaliseText } from '../../../../domain/knowledge/normalising.ts';
import { type FileContent, type FileReading, type ReadableFile, readFile } from '../read-file.ts';
import { decodeText } from '../text-decoding.ts';
import { type DocumentFormat, isPacked, type PackedFormat } from './document-format.ts';
import { DocumentParser } from './document-parser.ts';

/** A file whose format is known. */
export interface DocumentFile extends ReadableFile {
  readonly format: DocumentFormat;
  /** Of the bytes that were read before, where they were worth remembering. */
  readonly knownDigest?: string;
}

/** How long one file may take, ms. */
const FILE_MS = 20_000;
/** How long the files of one round may take together before the rest waits for the next, ms. */
const ROUND_MS = 15_000;
/** The same for the first round, which the service's start waits for: pm2 waits 10 s for a process. */
const FIRST_ROUND_MS = 5_000;

const TOO_SLOW =
  'o arquivo não foi lido em 20 segundos; salve o conteúdo de outra forma ou divida em arquivos menores';

/** Reads files of every format, the heavy ones no longer than a round has time for. */
export class DocumentReader {
  readonly #parser: DocumentParser;
  #until = 0;
  #isFirst = true;

  constructor(private readonly clock: Clock) {
    this.#parser = new DocumentParser(clock);
  }

  /** Begins a round; its time runs from now on. */
  begin(): void {
    this.#until = this.clock.monotonic() + (this.#isFirst ? FIRST_ROUND_MS : ROUND_MS);
  }

  /** Ends a round, and with it what reading files took. */
  async end(): Promise<void> {
    this.#isFirst = false;
    await this.#parser.rest();
  }

  /** Never throws: whatever is wrong with one file is an outcome. */
  read(file: DocumentFile): Promise<FileReading> {
    const { format } = file;
    return readFile(file, (bytes) =>
      isPacked(format) ? this.#unpack(format, bytes, file) : readText(format, bytes),
    );
  }

  async #unpack(
    format: PackedFormat,
    bytes: Uint8Array,
    { knownDigest }: DocumentFile,
  ): Promise<FileContent> {
    const digest = createHash('sha256').update(bytes).digest('base64');
    if (digest === knownDigest) return 'same';
    const left = this.#until - this.clock.monotonic();
    if (left <= 0) return 'later';
    const limitMs = this.#isFirst ? left : FILE_MS;
    const parsed = await this.#parser.parse({ format, bytes }, limitMs);
    if (parsed !== 'late') return { ...parsed, digest };
    return this.#isFirst ? 'later' : { reason: TOO_SLOW };
  }
}

async function readText(format: DocumentFormat, bytes: Uint8Array): Promise<FileContent> {
  const decoded = decodeText(bytes);
  if ('reason' in decoded) return decoded;
  // Each of these takes some 20 ms for 5 MB.
  await setImmediate();
  const text = normaliseText(decoded.text);
  if (format !== 'md') return { text };
  await setImmediate();
  const plain = plainMarkdown(text);
  return plain.trim() === '' ? { reason: 'o arquivo está vazio' } : { text: plain };
}
