/** The cells of a table, row by row; rows may differ in length. */
export type Rows = readonly (readonly string[])[];

/** A table with its headings told apart. */
interface Table {
  /** What stands above the headings: a caption, a date. */
  readonly above: readonly string[];
  /** By column; none where the first row is data already. */
  readonly headings: readonly string[];
  readonly rows: Rows;
}

/** From here on a row goes on in a line of its own; a passage takes 1,000. */
const MAX_LINE = 900;
/** What a section may be called; a longer cell is a description. */
const MAX_NAME = 80;

/** A price, a number, a date, a time, an address: what stands below a heading, never in it. */
const VALUE =
  /^(?:(?:R\$|US\$|€|\d+x)?\s*[\d.,/:%()+\s-]*\d[\d.,/:%()+\s-]*|\S+@\S+|https?:\S+)$/iu;

/**
 * A table as text for a reader who sees one row alone: `Curso: Excel; Preço: R$ 1.997,00` a line.
 * Cells without content are left out.
 */
export function tableText(cells: Rows): string {
  const { above, headings, rows } = readTable(cells);
  return [...above, ...rows.flatMap((row) => rowLines(row, headings))].join('\n');
}

/**
 * The same for a table that is a whole document: each row stands under a heading of its own, what
 * the row is about, so that it is a passage by itself and its price is nobody else's.
 */
export function tableDocument(cells: Rows): string {
  const { above, headings, rows } = readTable(cells);
  const column = nameColumn(rows);
  const [title, ...more] = above;
  const sections = rows.map((row) => {
    const lines = rowLines(row, headings).join('\n');
    const name = row[column] ?? '';
    return isName(name) ? `## ${name}\n${lines}` : lines;
  });
  return [...(title === undefined ? [] : [`# ${title}`]), ...more, ...sections].join('\n\n');
}

function readTable(cells: Rows): Table {
  const all = cells
    .map((row) => row.map((cell) => cell.replace(/\s+/gu, ' ').trim()))
    .filter((row) => row.some((cell) => cell !== ''));
  const isWide = all.some((row) => filled(row) > 1);
  const start = isWide ? all.findIndex((row) => filled(row) > 1) : 0;
  const above = all.slice(0, start).map((row) => row.join(''));
  const [first = [], ...rest] = all.slice(start);
  // Data without headings: taken for headings, its price would be joined to all that follows.
  const isData = rest.length === 0 || first.some(isValue);
  return isData
    ? { above, headings: [], rows: all.slice(start) }
    : { above, headings: first, rows: rest };
}

function filled(row: readonly string[]): number {
  return row.filter((cell) => cell !== '').length;
}

/** The first column that names every row, in words, and no two alike; -1 where there is none. */
function nameColumn(rows: Rows): number {
  const width = Math.max(0, ...rows.map(({ length }) => length));
  for (let column = 0; column < width; column += 1) {
    const names = rows.map((row) => row[column] ?? '');
    // A row without a name goes on with the one above it.
    if (names.includes('')) return -1;
    if (names.every(isName) && new Set(names).size === names.length) return column;
  }
  return -1;
}

function isName(cell: string): boolean {
  return cell.length <= MAX_NAME && /\p{L}{2}/u.test(cell) && !isValue(cell);
}

function isValue(cell: string): boolean {
  return cell.length <= MAX_NAME && VALUE.test(cell);
}

/** A row that is too long for one passage is told in several lines, each with its first cell. */
function rowLines(row: readonly string[], headings: readonly string[]): readonly string[] {
  const [lead, ...cells] = row.flatMap((cell, column) => {
    if (cell === '') return [];
    const heading = headings[column] ?? '';
    return heading === '' ? [cell] : [`${heading.replace(/:$/u, '')}: ${cell}`];
  });
  if (lead === undefined) return [];
  const lines = [lead];
  for (const cell of cells) {
    const line = `${lines.at(-1) ?? ''}; ${cell}`;
    if (line.length <= MAX_LINE) lines[lines.length - 1] = line;
    else lines.push(lead.length < MAX_LINE / 2 ? `${lead}; ${cell}` : cell);
  }
  return lines;
}
