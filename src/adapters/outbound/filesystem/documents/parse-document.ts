import { normaliseText } from '../../../../domain/knowledge/normalising.ts';
import { type Decoded } from '../text-decoding.ts';
import { maxTextOf, type PackedFormat } from './document-format.ts';
import { readCsv } from './read-csv.ts';
import { readDocx } from './read-docx.ts';
import { readPdf } from './read-pdf.ts';

const READERS: Readonly<Record<PackedFormat, (bytes: Uint8Array) => Decoded | Promise<Decoded>>> = {
  csv: readCsv,
  docx: readDocx,
  pdf: readPdf,
};

/** The normalised text of a file, or why it has none. Takes as long as the file is strange. */
export async function parseDocument(format: PackedFormat, bytes: Uint8Array): Promise<Decoded> {
  const read = await READERS[format](bytes);
  if ('reason' in read) return read;
  const text = normaliseText(read.text);
  const most = maxTextOf(format);
  return text.length > most ? { reason: tooMuch(most) } : { ...read, text };
}

function tooMuch(most: number): string {
  return `o texto do arquivo passa de ${most / 1024 / 1024} MB; divida o conteúdo em arquivos menores`;
}
