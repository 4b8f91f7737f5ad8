import { isUtf8 } from 'node:buffer';

import { hasMoreLines } from '../../../domain/knowledge/normalising.ts';

/** A text, or why these bytes are none, in words for the owner. */
export type Decoded =
  /** `notice`: what the owner should know of it all the same. */
  { readonly text: string; readonly notice?: string } | { readonly reason: string };

const NOT_TEXT = 'não é um arquivo de texto; salve o conteúdo como .txt';
const EMPTY = 'o arquivo está vazio';
const TOO_MANY_LINES =
  'o arquivo tem mais de 100.000 linhas; divida o conteúdo em arquivos menores';

// 5 MB of prose in lines of 78 characters are 67,000; each line costs memory many times its length.
const MAX_LINES = 100_000;

// What people give another name, by how it begins.
const SIGNATURES: readonly (readonly [string, string])[] = [
  ['%PDF-', 'é um PDF com outro nome; renomeie o arquivo para .pdf'],
  ['{\\rtf', 'é um documento RTF com outro nome; salve o conteúdo como texto sem formatação'],
  [
    'PK\u0003\u0004',
    'é um arquivo do Word, do Excel ou compactado com outro nome; salve o documento como .docx ou a planilha como .csv',
  ],
  [
    'ÐÏ\u0011à',
    'é um arquivo antigo do Word ou do Excel com outro nome; salve o documento como .docx ou a planilha como .csv',
  ],
];

const UTF_8 = new TextDecoder('utf-8');
const WINDOWS_1252 = new TextDecoder('windows-1252');

const SAMPLE_BYTES = 4096;
const LINE_FEED = 0x0a;

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROLS = /[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/gu;

/**
 * Reads the bytes of a file as Windows, Linux and macOS editors write them: UTF-8 and UTF-16, with
 * or without byte order mark, and Windows-1252. The encoding is found by the bytes alone.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const head = latin1(bytes.subarray(0, 8));
  const signature = SIGNATURES.find(([start]) => head.startsWith(start));
  if (signature !== undefined) return { reason: signature[1] };
  const text = decode(bytes);
  if (text === undefined || text.includes('\0') || isNoise(text)) return { reason: NOT_TEXT };
  if (hasMoreLines(text, MAX_LINES)) return { reason: TOO_MANY_LINES };
  return text.trim() === '' ? { reason: EMPTY } : { text };
}

function decode(bytes: Uint8Array): string | undefined {
  const encoding = utf16Of(bytes);
  if (encoding !== undefined) return strict(bytes, encoding);
  return isUtf8(bytes) ? UTF_8.decode(bytes) : decodeLines(bytes);
}

function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return utf16ByNuls(bytes.subarray(0, SAMPLE_BYTES));
}

// Western text in UTF-16 has a NUL in every other byte, always on the same side.
function utf16ByNuls(sample: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  let even = 0;
  let odd = 0;
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const most = sample.length * 0.3;
  if (odd > most && even === 0) return 'utf-16le';
  return even > most && odd === 0 ? 'utf-16be' : undefined;
}

// A line appended by another editor may have another encoding than the rest of its file. A line of
// Windows-1252 with an accent is practically never valid UTF-8.
function decodeLines(bytes: Uint8Array): string {
  // Refused for its lines, whatever they say.
  if (hasMoreFeeds(bytes, MAX_LINES)) return WINDOWS_1252.decode(bytes);
  const lines: string[] = [];
  let start = 0;
  while (start < bytes.length) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed === -1 ? bytes.length : feed + 1;
    const line = bytes.subarray(start, end);
    lines.push((isUtf8(line) ? UTF_8 : WINDOWS_1252).decode(line));
    start = end;
  }
  return lines.join('');
}

function hasMoreFeeds(bytes: Uint8Array, limit: number): boolean {
  let feeds = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) {
    feeds += 1;
    if (feeds > limit) return true;
  }
  return false;
}

function strict(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isNoise(text: string): boolean {
  return text.length - text.replace(CONTROLS, '').length > text.length / 100;
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
