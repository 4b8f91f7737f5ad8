import { CsvError, parse } from 'csv-parse/sync';

import { type Rows, tableDocument } from '../../../../domain/knowledge/table-text.ts';
import { type Decoded, decodeText } from '../text-decoding.ts';

/** Excel with Brazilian settings writes `;`; the first is taken where nothing tells. */
const SEPARATORS = [';', '\t', ','] as const;

/** Excel's own first line that names the separator. */
const DECLARED = /^sep=(.)\r?\n/iu;

const SAMPLE_ROWS = 20;

/** A table from a spreadsheet as text, each row with its headings, in any encoding that a text may have. */
export function readCsv(bytes: Uint8Array): Decoded {
  const decoded = decodeText(bytes);
  if ('reason' in decoded) return decoded;
  const text = decoded.text.replace(/^\ufeff/u, '');
  const declared = DECLARED.exec(text);
  const table = declared === null ? text : text.slice(declared[0].length);
  try {
    return { text: tableDocument(rowsOf(table, declared?.[1] ?? separatorOf(table))) };
  } catch (error) {
    if (error instanceof CsvError) return { reason: reasonFor(error) };
    throw error;
  }
}

function rowsOf(text: string, delimiter: string, toRow?: number): Rows {
  return parse(text, {
    delimiter,
    // What people write by hand: 15" in a cell, rows that end early.
    relax_quotes: true,
    relax_column_count: true,
    ...(toRow === undefined ? {} : { to: toRow }),
  });
}

/** The one that divides most rows into as many cells as the row before them. */
function separatorOf(text: string): string {
  const scores = SEPARATORS.map((separator) => regularity(text, separator));
  const best = Math.max(...scores);
  return SEPARATORS[scores.indexOf(best)] ?? ';';
}

function regularity(text: string, separator: string): number {
  try {
    const widths = rowsOf(text, separator, SAMPLE_ROWS)
      .map(({ length }) => length)
      .filter((width) => width > 1);
    const alike = widths.filter((width, index) => width === widths[index - 1]).length;
    return widths.length + 2 * alike;
  } catch {
    return 0;
  }
}

function reasonFor({ code, message }: CsvError): string {
  const line = /at line (\d+)/u.exec(message)?.[1];
  const where = line === undefined ? '' : ` (até a linha ${line})`;
  return code === 'CSV_QUOTE_NOT_CLOSED'
    ? `uma aspa foi aberta e não fechada${where}; corrija o arquivo`
    : `não pôde ser lido como CSV${where}; salve a planilha de novo como .csv`;
}
