/** What a file is, by the ending of its name. */
export type DocumentFormat = 'txt' | 'md' | 'csv' | 'pdf' | 'docx';

/** Formats that are more than text: reading one can take seconds. */
export type PackedFormat = 'csv' | 'pdf' | 'docx';

/** One file to be read. */
export interface DocumentTask {
  readonly format: PackedFormat;
  readonly bytes: Uint8Array;
}

const MEGABYTE = 1024 * 1024;

/** How large a file may be, bytes. Most of a brochure is pictures, which are not read. */
const MAX_BYTES: Readonly<Record<DocumentFormat, number>> = {
  txt: 5 * MEGABYTE,
  md: 5 * MEGABYTE,
  csv: 5 * MEGABYTE,
  pdf: 20 * MEGABYTE,
  docx: 20 * MEGABYTE,
};

/** How much text one file may hold, UTF-16 units: a table grows by its headings. */
const MAX_TEXT: Readonly<Record<PackedFormat, number>> = {
  csv: 5 * MEGABYTE,
  pdf: 2 * MEGABYTE,
  docx: 2 * MEGABYTE,
};

const SAVE_AS_DOCX = 'este formato não é lido; salve o documento como .docx';
const SAVE_AS_CSV = 'planilhas só são lidas em CSV; salve a planilha como .csv';

/** Files that their owner surely means to be read. */
const CURES: Readonly<Record<string, string>> = {
  doc: SAVE_AS_DOCX,
  odt: SAVE_AS_DOCX,
  rtf: SAVE_AS_DOCX,
  pages: SAVE_AS_DOCX,
  xls: SAVE_AS_CSV,
  xlsx: SAVE_AS_CSV,
  xlsm: SAVE_AS_CSV,
  ods: SAVE_AS_CSV,
  numbers: SAVE_AS_CSV,
};

/** The format of a file that is knowledge. */
export function formatOf(path: string): DocumentFormat | undefined {
  const ending = endingOf(path);
  return ending in MAX_BYTES ? (ending as DocumentFormat) : undefined;
}

/** For a file that looks like knowledge and is not read: what to do, in words for the owner. */
export function cureFor(path: string): string | undefined {
  return CURES[endingOf(path)];
}

/** What is larger is refused unread. */
export function maxBytesOf(format: DocumentFormat): number {
  return MAX_BYTES[format];
}

/** What holds more text is refused. */
export function maxTextOf(format: PackedFormat): number {
  return MAX_TEXT[format];
}

/** Whether reading the format takes more than telling its encoding. */
export function isPacked(format: DocumentFormat): format is PackedFormat {
  return format in MAX_TEXT;
}

function endingOf(path: string): string {
  return /\.([a-z]+)$/iu.exec(path)?.[1]?.toLowerCase() ?? '';
}
