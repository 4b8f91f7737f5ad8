import { joinBrokenCells } from './html-tags.ts';

const BETWEEN_CELLS = ' — ';
const SEPARATOR_CHARACTERS = /^[|:\s-]+$/u;

/** Whether the line is the second one of a table: `| --- | :-: |`. */
export function isTableSeparator(line: string): boolean {
  return line.includes('|') && line.includes('-') && SEPARATOR_CHARACTERS.test(line);
}

/** Whether the line can be a row of a table. */
export function isTableRow(line: string): boolean {
  return line.includes('|') && line.trim() !== '';
}

/** A row as one line of text; WhatsApp has no tables. */
export function flattenRow(line: string): string {
  return cellsOf(joinBrokenCells(line)).join(BETWEEN_CELLS);
}

/** A pipe with a backslash before it is a cell's own text. */
function cellsOf(row: string): readonly string[] {
  return row
    .split(/(?<!\\)\|/u)
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '');
}
