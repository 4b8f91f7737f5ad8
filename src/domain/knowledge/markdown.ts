import { type Rows, tableText } from './table-text.ts';

// Settings, lists and notes only: a text between two rules is a text.
const FRONT_MATTER =
  /^\n*(---|\+\+\+)[ \t]*\n(?:(?:[\w-]+[ \t]*[:=]|[ \t]|- |#)[^\n]*\n|\n){0,200}?\1[ \t]*(?:\n|$)/u;
const SEPARATOR = /^(?=.*-)[|:\s-]+$/u;
const UNDERLINE = /^\s{0,3}(=+|-{2,})\s*$/u;
const MAX_HEADING = 120;
/** They are told again with every row. */
const MAX_HEADINGS = 400;

/**
 * Markdown as the passage splitter reads it: no front matter and no comments, underlined headings
 * with hashes, each row of a table with its headings. All else stands as it was written.
 *
 * @param text - Normalised.
 */
export function plainMarkdown(text: string): string {
  const lines = withoutComments(text.replace(FRONT_MATTER, '')).split('\n');
  const plain: string[] = [];
  for (let at = 0; at < lines.length;) {
    const [taken, read] = readBlock(lines, at);
    plain.push(read);
    at += taken;
  }
  return plain.join('\n');
}

/** What a browser would not show is not meant for customers either. One without an end is text. */
function withoutComments(text: string): string {
  let rest = text;
  let kept = '';
  for (;;) {
    const start = rest.indexOf('<!--');
    const end = start === -1 ? -1 : rest.indexOf('-->', start);
    if (end === -1) return kept + rest;
    kept += rest.slice(0, start);
    rest = rest.slice(end + '-->'.length);
  }
}

function readBlock(lines: readonly string[], at: number): readonly [taken: number, text: string] {
  const line = lines[at] ?? '';
  if (isTable(line, lines[at + 1])) return readTable(lines, at);
  const underline = UNDERLINE.exec(lines[at + 1] ?? '')?.[1];
  if (underline === undefined || !isHeadingText(line, lines[at - 1])) return [1, line];
  return [2, `${underline.startsWith('=') ? '#' : '##'} ${line.trim()}`];
}

function isTable(line: string, next = ''): boolean {
  const isFirst = isRow(line) && line.length <= MAX_HEADINGS;
  return isFirst && isRow(next) && SEPARATOR.test(next);
}

function readTable(lines: readonly string[], at: number): readonly [taken: number, text: string] {
  let end = at + 2;
  while (isRow(lines[end] ?? '')) end += 1;
  const cells: Rows = [lines[at] ?? '', ...lines.slice(at + 2, end)].map(cellsOf);
  return [end - at, tableText(cells)];
}

function isRow(line: string): boolean {
  return line.includes('|') && line.trim() !== '';
}

/** A line of a list, a quotation or a paragraph above a rule is no heading. */
function isHeadingText(line: string, before = ''): boolean {
  const isShort = line.length <= MAX_HEADING && /\p{L}|\p{N}/u.test(line);
  return isShort && before.trim() === '' && !/^\s*(?:[#>|=-]|[*+]\s)/u.test(line);
}

function cellsOf(row: string): readonly string[] {
  const inner = row
    .trim()
    .replace(/^\|/u, '')
    .replace(/(?<!\\)\|$/u, '');
  return inner.split(/(?<!\\)\|/u).map((cell) => cell.replace(/\\\|/gu, '|').trim());
}
