import { bareLinkAt, emailAt, linkAt, pixCodeAt, type Span } from './protected-text.ts';

/** What a Markdown mark becomes, opening and closing. */
type Marks = Readonly<Record<string, readonly [open: string, close: string]>>;

const MARKS: Marks = {
  '**': ['*', '*'],
  __: ['*', '*'],
  '***': ['*_', '_*'],
  ___: ['*_', '_*'],
  '~~': ['~', '~'],
};

/** Within a line that is bold as a whole: bold cannot stand in bold. */
const MARKS_IN_BOLD: Marks = {
  ...MARKS,
  '**': ['', ''],
  __: ['', ''],
  '***': ['_', '_'],
  ___: ['_', '_'],
};

const BOLD = '**';

/** Before underscores these make a profile's or a program's name: `@__loja__`, `x.com/__loja__`, `x.__y__`. */
const NAME_STARTS = '@/.';

const WORD = /[\p{L}\p{N}]/u;
const MARK_RUN = /\*+|_+|~+/uy;
const CODE_RUN = /`+/uy;
const ESCAPE = /\\([\\*_~`#$[\](){}|<>.!+-])/uy;
const LINK =
  /!?\[([^[\]\n]{0,500})\]\(\s{0,9}<?([^\s()<>]{0,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,2000})?)>?(?:\s{1,9}["'][^"'\n]{0,200}["'])?\s{0,9}\)/uy;
const AUTOLINK =
  /<((?:https?:\/\/|mailto:|tel:)[^\s<>]{1,2048}|[^\s<>@]{1,64}@[^\s<>@]{1,255})>/iuy;

/**
 * One line of Markdown with WhatsApp's marks: `**b**` becomes `*b*`, `~~s~~` becomes `~s~`, a link
 * its words and its address. Links, Pix codes and code stand as they were; so does a mark inside a
 * word (`2**3`, `file__name`) or without its other half.
 */
export function convertInline(line: string): string {
  return new InlineScanner(line, MARKS).convert();
}

/** The same for a line that the caller makes bold as a whole: its own bold marks are gone. */
export function convertInsideBold(line: string): string {
  return new InlineScanner(line, MARKS_IN_BOLD).convert();
}

/** How a line stands to bold text that reaches over several lines. */
interface BoldEdges {
  /** What the line's first bold mark does, or would do if bold were open. */
  readonly first: 'opens' | 'closes' | undefined;
  readonly leftOpen: boolean;
}

/** Reads a line for the marks that may pair up with another line's. */
export function boldEdgesOf(line: string): BoldEdges {
  const scanner = new InlineScanner(line, MARKS);
  scanner.convert();
  return { first: scanner.firstBold, leftOpen: scanner.leavesBoldOpen };
}

/** Reads a line once from left to right, so that its cost grows with its length only. */
class InlineScanner {
  private readonly pieces: string[] = [];
  private readonly open = new Map<string, number>();
  /** Runs of backticks, by length, that are known to have no counterpart further on. */
  private readonly unclosedCode = new Set<number>();
  private position = 0;
  firstBold: BoldEdges['first'];

  constructor(
    private readonly line: string,
    private readonly marks: Marks,
  ) {}

  get leavesBoldOpen(): boolean {
    return this.open.has(BOLD);
  }

  convert(): string {
    while (this.position < this.line.length) {
      const taken = this.takeVerbatim() || this.takeLink() || this.takeEscape() || this.takeMark();
      if (!taken) this.take(this.line.charAt(this.position), 1);
    }
    return this.pieces.join('');
  }

  private take(piece: string, length: number): true {
    this.pieces.push(piece);
    this.position += length;
    return true;
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.position;
    return pattern.exec(this.line);
  }

  private takeVerbatim(): boolean {
    const span = this.protectedSpan();
    if (span === undefined) return false;
    return this.take(this.line.slice(span.start, span.end), span.end - span.start);
  }

  private protectedSpan(): Span | undefined {
    const { line, position } = this;
    if (line.charAt(position) === '`') return this.codeSpan();
    return (
      pixCodeAt(line, position) ??
      linkAt(line, position) ??
      emailAt(line, position) ??
      bareLinkAt(line, position)
    );
  }

  private codeSpan(): Span | undefined {
    const run = this.match(CODE_RUN)?.[0] ?? '';
    const start = this.position;
    const end = this.unclosedCode.has(run.length) ? undefined : this.closingRun(run);
    if (end !== undefined) return { start, end };
    this.unclosedCode.add(run.length);
    return { start, end: start + run.length };
  }

  private closingRun(run: string): number | undefined {
    const runs = /`+/gu;
    runs.lastIndex = this.position + run.length;
    for (let found = runs.exec(this.line); found !== null; found = runs.exec(this.line)) {
      if (found[0].length === run.length) return found.index + run.length;
    }
    return undefined;
  }

  private takeLink(): boolean {
    switch (this.line.charAt(this.position)) {
      case '<': {
        const found = this.match(AUTOLINK);
        return found !== null && this.take(withoutScheme(found[1] ?? ''), found[0].length);
      }
      case '!':
      case '[':
        return this.takeNamedLink();
      default:
        return false;
    }
  }

  private takeNamedLink(): boolean {
    const found = this.match(LINK);
    if (found === null) return false;
    const [whole, words = '', target = ''] = found;
    const converted = new InlineScanner(words, this.marks).convert();
    return this.take(linkText(converted, target), whole.length);
  }

  private takeEscape(): boolean {
    if (this.line.charAt(this.position) !== '\\') return false;
    const found = this.match(ESCAPE);
    return found !== null && this.take(found[1] ?? '', found[0].length);
  }

  private takeMark(): boolean {
    const run = this.match(MARK_RUN)?.[0];
    if (run === undefined) return false;
    const before = this.line.charAt(this.position - 1);
    if (run === BOLD) this.firstBold ??= isInk(before) ? 'closes' : 'opens';
    const marks = this.marks[run];
    return marks === undefined ? this.take(run, run.length) : this.pair(run, before, marks);
  }

  private pair(run: string, before: string, marks: readonly [string, string]): true {
    const opening = this.open.get(run);
    if (opening !== undefined && isInk(before)) return this.close(run, opening, marks);
    const after = this.line.charAt(this.position + run.length);
    if (mayOpen(run, before) && isInk(after)) this.open.set(run, this.pieces.length);
    return this.take(run, run.length);
  }

  private close(run: string, opening: number, marks: readonly [string, string]): true {
    this.pieces[opening] = marks[0];
    this.open.delete(run);
    // A mark that opened inside this pair and did not close in it stands for itself.
    for (const [other, index] of this.open) if (index > opening) this.open.delete(other);
    return this.take(marks[1], run.length);
  }
}

function mayOpen(run: string, before: string): boolean {
  if (before === '') return true;
  return !WORD.test(before) && !(run.startsWith('_') && NAME_STARTS.includes(before));
}

function isInk(character: string): boolean {
  return character !== '' && !/\s/u.test(character);
}

function linkText(words: string, target: string): string {
  const address = withoutScheme(target);
  if (address === '' || address.startsWith('#')) return words;
  if (words.trim() === '' || bare(words) === bare(address)) return address;
  // The address comes last: WhatsApp takes a bracket behind it for a part of it.
  return `${words}${words.endsWith(':') ? '' : ':'} ${address}`;
}

function withoutScheme(address: string): string {
  return address.replace(/^(?:mailto|tel):/iu, '');
}

function bare(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//u, '')
    .replace(/^www\./u, '')
    .replace(/\/$/u, '');
}
