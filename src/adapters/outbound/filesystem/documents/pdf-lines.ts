/** A piece of text as it stands on a page; the origin is at the bottom left. */
export interface PdfItem {
  readonly str: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly fontSize: number;
  readonly hasEOL: boolean;
}

interface PdfLine {
  text: string;
  readonly x: number;
  readonly y: number;
  right: number;
  readonly size: number;
}

/** How far apart lines of one paragraph may be, in the page's usual distances. */
const PARAGRAPH_GAP = 1.3;
/** From so many times the size of the running text on, a line is a heading. */
const HEADING_SIZE = 1.2;
const MAX_HEADING = 100;
const HEADING_LEVELS = 3;
/** With more headings than that it is a poster, and large type means nothing. */
const HEADING_SHARE = 0.3;

const LIST_ITEM = /^(?:[-*•–·▪●]|\d{1,3}[.)])\s/u;
const HEADING = /^(?!R\$)(?=.*\p{L}{3}).*[^.;,]$/u;

/**
 * The text of pages, put together again from where its pieces stand: lines that were only broken
 * at the margin are joined, paragraphs stand apart, and lines in large type become headings.
 */
export function pdfText(pages: readonly (readonly PdfItem[])[]): string {
  const lines = pages.map(linesOf);
  const levels = headingLevels(lines.flat());
  return lines
    .map((page) => pageText(page, levels))
    .filter((text) => text !== '')
    .join('\n\n');
}

function linesOf(items: readonly PdfItem[]): readonly PdfLine[] {
  const lines: PdfLine[] = [];
  let line: PdfLine | undefined;
  for (const { str, x, y, width, fontSize, hasEOL } of items) {
    if (line === undefined && str.trim() !== '') {
      line = { text: '', x, y, right: x, size: fontSize };
      lines.push(line);
    }
    if (line !== undefined) {
      line.text += str;
      line.right = Math.max(line.right, x + width);
    }
    if (hasEOL) line = undefined;
  }
  return lines.map((each) => ({ ...each, text: each.text.replace(/\s+/gu, ' ').trim() }));
}

/** By font size, where large type is rare enough to mean something. */
function headingLevels(lines: readonly PdfLine[]): ReadonlyMap<number, number> {
  const body = bodySize(lines);
  const headings = lines.filter((line) => line.size >= body * HEADING_SIZE && isHeading(line));
  if (headings.length > lines.length * HEADING_SHARE) return new Map();
  const sizes = [...new Set(headings.map(({ size }) => rounded(size)))].sort((a, b) => b - a);
  return new Map(sizes.map((size, index) => [size, Math.min(index + 1, HEADING_LEVELS)]));
}

function isHeading({ text }: PdfLine): boolean {
  return text.length <= MAX_HEADING && HEADING.test(text);
}

/** The size that most of the text has. */
function bodySize(lines: readonly PdfLine[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of lines) {
    letters.set(rounded(size), (letters.get(rounded(size)) ?? 0) + text.length);
  }
  const [most] = [...letters].sort(([, one], [, other]) => other - one);
  return most?.[0] ?? 0;
}

function pageText(lines: readonly PdfLine[], levels: ReadonlyMap<number, number>): string {
  const usual = usualGap(lines);
  const margin = Math.max(0, ...lines.map(({ right }) => right));
  let text = '';
  for (const [index, line] of lines.entries()) {
    const level = isHeading(line) ? levels.get(rounded(line.size)) : undefined;
    const before = lines[index - 1];
    const own = level === undefined ? line.text : `${'#'.repeat(level)} ${line.text}`;
    if (before === undefined) text = own;
    else text += separator(before, line, { usual, margin, isHeading: level !== undefined }) + own;
  }
  return text;
}

function separator(
  before: PdfLine,
  line: PdfLine,
  page: { readonly usual: number; readonly margin: number; readonly isHeading: boolean },
): string {
  const gap = before.y - line.y;
  // A new column begins higher up.
  if (page.isHeading || gap < 0 || gap > page.usual * PARAGRAPH_GAP) return '\n\n';
  const isOther = rounded(before.size) !== rounded(line.size) || LIST_ITEM.test(line.text);
  return !isOther && isBrokenAtMargin(before, line, page.margin) ? ' ' : '\n';
}

/** Whether the next line's first word would not have fitted on the line before. */
function isBrokenAtMargin(before: PdfLine, line: PdfLine, margin: number): boolean {
  const letter = (line.right - line.x) / Math.max(1, line.text.length);
  const word = line.text.split(' ', 1)[0] ?? '';
  return before.right + (word.length + 1) * letter > margin;
}

function usualGap(lines: readonly PdfLine[]): number {
  const gaps = lines
    .slice(1)
    .map((line, index) => (lines[index]?.y ?? 0) - line.y)
    .filter((gap) => gap > 0)
    .sort((one, other) => one - other);
  // Not the middle one: between short paragraphs the wide gaps are the more frequent ones.
  return gaps[Math.floor(gaps.length / 4)] ?? Infinity;
}

function rounded(size: number): number {
  return Math.round(size * 2) / 2;
}
