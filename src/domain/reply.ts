import { cleanCharacters } from './reply/clean-characters.ts';
import { replaceTags } from './reply/html-tags.ts';
import { convertInline, convertInsideBold } from './reply/inline-marks.ts';
import { flattenRow, isTableRow, isTableSeparator } from './reply/markdown-table.ts';
import { markedTextIn } from './reply/marked-text.ts';
import { boldLineByLine } from './reply/multi-line-bold.ts';
import { LONGEST_PIX_CODE, pixCodesIn, type Span } from './reply/protected-text.ts';

/** The longest text that goes out as one message, in UTF-16 units. */
const MAX_REPLY = 4_096;

/** A paragraph or sentence end in the first part of the room is not used: it would leave crumbs. */
const SHORTEST_PART = 0.25;

/** An amount that stands in the next message, away from its `R$`, reads as any number. */
const AFTER_CURRENCY = /[$€]\s{0,3}$/u;
const BELONGS_TO_PREVIOUS = /\p{M}|\u200D/u;
/** Only a language may stand behind the marks; other words there are no fence, and are kept. */
const FENCE = /^\s{0,3}(?:`{3,}|~{3,})\s{0,9}[a-z+#-]{0,12}\s{0,9}$/iu;
const HEADING = /^\s{0,3}#{1,6}\s+(\S.*)$/u;
const BULLET = /^(\s{0,12})[-*]\s+(\S.*)$/u;
/** What begins a block of its own, so that no mark reaches into it from the line before. */
const BLOCK_START = /^\s{0,12}(?:[-*+•]\s|\d{1,4}[.)]\s|>)/u;
const UNDERLINE = /^\s{0,3}={3,}\s*$/u;

/**
 * The model's Markdown as WhatsApp shows it: bold and struck text with WhatsApp's own marks,
 * headings as bold lines, lists with `•`, links as words and address, tables as lines. What a reader
 * cannot see is gone, and of several blank lines one is left. Links, Pix codes, e-mail addresses and
 * numbers stand as the model wrote them. The cost grows with the length only, whatever is written.
 */
export function formatForWhatsApp(markdown: string): string {
  const formatter = new BlockFormatter();
  for (const line of cleanCharacters(markdown).split('\n')) formatter.add(line);
  return formatter.text();
}

/**
 * The text in parts of at most `limit` UTF-16 units, cut at the end of a paragraph, else of a
 * sentence, else of a word; inside a word only where it alone is longer than a part. What WhatsApp's
 * marks hold together stays in one part where it fits. Nothing is lost but white space at the cuts,
 * no part is empty, and no character is cut in half.
 *
 * @param limit - At least 2: a character may take two units.
 */
export function splitReply(text: string, limit: number = MAX_REPLY): readonly string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const cut = cutPosition(rest, limit);
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

/** Takes the lines of a Markdown text one by one. */
class BlockFormatter {
  private readonly lines: string[] = [];
  /** Lines of text that may belong together, not yet converted. */
  private paragraph: string[] = [];
  private inFence = false;
  private inTable = false;
  /** The line before, as written, while it may turn out to be the head of a table. */
  private previous = '';

  add(line: string): void {
    if (FENCE.test(line)) {
      this.endParagraph();
      this.inFence = !this.inFence;
      this.lines.push('```');
    } else if (this.inFence) {
      this.lines.push(line);
    } else if (!this.addTableLine(line)) {
      this.addText(line);
    }
    this.previous = this.inFence ? '' : line;
  }

  text(): string {
    this.endParagraph();
    const kept = this.lines.filter((line, index) => line !== '' || this.lines[index - 1] !== '');
    return kept.join('\n').trim();
  }

  private addTableLine(line: string): boolean {
    if (this.inTable && isTableRow(line)) {
      this.lines.push(`• ${convertInline(flattenRow(line))}`);
      return true;
    }
    this.inTable = isTableSeparator(line) && isTableRow(this.previous);
    if (this.inTable) this.endParagraph();
    if (this.inTable) this.lines[this.lines.length - 1] = bold(flattenRow(this.previous));
    return this.inTable;
  }

  private addText(line: string): void {
    for (const part of replaceTags(line).split('\n')) {
      const alone = standsAlone(part);
      if (alone || BLOCK_START.test(part)) this.endParagraph();
      this.paragraph.push(part);
      if (alone) this.endParagraph();
    }
  }

  private endParagraph(): void {
    for (const line of boldLineByLine(this.paragraph)) {
      const text = textLine(line);
      if (text !== undefined) this.lines.push(text.trimEnd());
    }
    this.paragraph = [];
  }
}

function standsAlone(line: string): boolean {
  return line.trim() === '' || HEADING.test(line) || isRule(line) || UNDERLINE.test(line);
}

/** One line outside tables and code; `undefined` where it only drew a rule. */
function textLine(line: string): string | undefined {
  if (isRule(line) || UNDERLINE.test(line)) return undefined;
  const heading = HEADING.exec(line)?.[1];
  if (heading !== undefined) return bold(heading.replace(/\s#+\s*$/u, ''));
  const bullet = BULLET.exec(line);
  if (bullet !== null) return `${bullet[1] ?? ''}• ${convertInline(bullet[2] ?? '')}`;
  return convertInline(line);
}

/** Bold as a whole. A line with asterisks of another sense is left with those marks that it has. */
function bold(line: string): string {
  const text = convertInsideBold(line.trim());
  if (text.includes('*')) return convertInline(line.trim());
  return text === '' ? text : `*${text}*`;
}

/** `---`, `* * *` and the like: at least three of one mark, and nothing else but spaces. */
function isRule(line: string): boolean {
  const marks = line.replace(/\s/gu, '');
  const first = marks.charAt(0);
  return marks.length >= 3 && '-*_'.includes(first) && marks === first.repeat(marks.length);
}

function cutPosition(text: string, limit: number): number {
  const pixCodes = pixCodesIn(text.slice(0, limit + LONGEST_PIX_CODE));
  // What is marked over more than a part is cut all the same.
  const marked = markedTextIn(text.slice(0, 2 * limit)).filter(
    ({ start, end }) => end - start <= limit,
  );
  const allowed = (cut: number): boolean =>
    cut > 0 &&
    !AFTER_CURRENCY.test(text.slice(Math.max(0, cut - 4), cut)) &&
    !isInside(pixCodes, cut);
  const code = startOfCode(pixCodes, limit);
  return (
    cutBetweenWords(text, limit, (cut) => allowed(cut) && !isInside(marked, cut), code) ??
    cutBetweenWords(text, limit, allowed, code) ??
    betweenCharacters(text, limit)
  );
}

/** @param code - Where a code begins that would be cut. */
function cutBetweenWords(
  text: string,
  limit: number,
  allowed: (cut: number) => boolean,
  code: number | undefined,
): number | undefined {
  const shortest = Math.floor(limit * SHORTEST_PART);
  const goodCut = (cut: number): boolean => cut >= shortest && allowed(cut);
  return (
    lastCut(text, limit, /\n[^\S\n]{0,20}\n/gu, goodCut) ??
    lastCut(text, limit, /\n|[.!?…](?=\s)/gu, goodCut) ??
    laterOf(
      lastCut(text, limit, /\S(?=\s)/gu, allowed),
      code !== undefined && allowed(code) ? code : undefined,
    )
  );
}

function isInside(spans: readonly Span[], cut: number): boolean {
  return spans.some(({ start, end }) => start < cut && cut < end);
}

function laterOf(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}

/** The last end of a match within the limit that may be cut at. */
function lastCut(
  text: string,
  limit: number,
  pattern: RegExp,
  allowed: (cut: number) => boolean,
): number | undefined {
  let last: number | undefined;
  // One unit more is seen: a sentence may end exactly where the room does.
  for (const match of text.slice(0, limit + 1).matchAll(pattern)) {
    const cut = match.index + match[0].length;
    if (cut <= limit && allowed(cut)) last = cut;
  }
  return last;
}

/** A code that would be cut goes to the next part as a whole, if it fits there. */
function startOfCode(pixCodes: readonly Span[], limit: number): number | undefined {
  const cutCode = pixCodes.find(({ start, end }) => start < limit && limit < end);
  return cutCode !== undefined && cutCode.start > 0 && cutCode.end - cutCode.start <= limit
    ? cutCode.start
    : undefined;
}

/** Before the character that the limit would cut, so that accents, joiners and half pairs stay with theirs. */
function betweenCharacters(text: string, limit: number): number {
  for (let cut = limit; cut > Math.max(1, limit - 32); cut -= 1) {
    if (!startsInside(text, cut)) return cut;
  }
  return isHalfPair(text, limit) ? limit - 1 : limit;
}

function startsInside(text: string, cut: number): boolean {
  return (
    isHalfPair(text, cut) ||
    text.charAt(cut - 1) === '\u200D' ||
    BELONGS_TO_PREVIOUS.test(text.charAt(cut))
  );
}

function isHalfPair(text: string, cut: number): boolean {
  return /[\uD800-\uDBFF]/u.test(text.charAt(cut - 1)) && /[\uDC00-\uDFFF]/u.test(text.charAt(cut));
}
