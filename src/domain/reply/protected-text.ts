/** A stretch of a text, by UTF-16 offsets; `end` is the first unit after it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A Pix copy-and-paste code is an EMV text: it opens with the field `000201` and ends with the checksum field `6304`. */
const PIX_START = '000201';
const PIX_CHECKSUM = /6304[0-9A-Fa-f]{4}(?![0-9A-Za-z])/u;

/** The standard ends a Pix code at 512 characters. */
export const LONGEST_PIX_CODE = 512;

const LINK_START = /(?:https?:\/\/|www\.)/iuy;
const LINK_BODY = /[^\s<>"`|]{1,2048}/uy;

/** An address as people write it, without a scheme; what follows the slash is a link's body. */
const BARE_LINK_START =
  /(?<![\p{L}\p{N}@./-])[a-z0-9][a-z0-9_-]{0,62}(?:\.[a-z0-9_-]{1,63}){0,8}\.[a-z]{2,24}\/(?=[^\s<>"`|])/iuy;

const EMAIL =
  /(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/iuy;

/** What ends a sentence or a mark around a link rather than the link itself. */
const LINK_TAIL = /[.,;:!?'*_~)\]}]/u;

/** The link that begins at `start`, without punctuation and marks that stand behind it. */
export function linkAt(text: string, start: number): Span | undefined {
  LINK_START.lastIndex = start;
  if (!LINK_START.test(text)) return undefined;
  return linkBody(text, start);
}

/** The link without `https://` or `www.` that begins at `start`: a host, a slash, and what follows. */
export function bareLinkAt(text: string, start: number): Span | undefined {
  BARE_LINK_START.lastIndex = start;
  return BARE_LINK_START.test(text) ? linkBody(text, start) : undefined;
}

function linkBody(text: string, start: number): Span {
  LINK_BODY.lastIndex = start;
  let end = start + (LINK_BODY.exec(text)?.[0].length ?? 0);
  while (end > start && isTail(text, start, end)) end -= 1;
  return { start, end };
}

/** The e-mail address that begins at `start`. */
export function emailAt(text: string, start: number): Span | undefined {
  EMAIL.lastIndex = start;
  const found = EMAIL.exec(text);
  return found === null ? undefined : { start, end: start + found[0].length };
}

/** The Pix code that begins at `start`; it may hold spaces (names of shop and town) and `***`. */
export function pixCodeAt(text: string, start: number): Span | undefined {
  if (!text.startsWith(PIX_START, start)) return undefined;
  const window = text.slice(start, start + LONGEST_PIX_CODE);
  const line = window.split('\n', 1)[0] ?? '';
  const checksum = PIX_CHECKSUM.exec(line);
  if (checksum === null) return undefined;
  return { start, end: start + checksum.index + checksum[0].length };
}

/** Every Pix code of the text, in order. */
export function pixCodesIn(text: string): readonly Span[] {
  const spans: Span[] = [];
  let from = text.indexOf(PIX_START);
  while (from !== -1) {
    const span = pixCodeAt(text, from);
    if (span !== undefined) spans.push(span);
    from = text.indexOf(PIX_START, span?.end ?? from + PIX_START.length);
  }
  return spans;
}

/** A closing bracket belongs to the link when the link opened it, as in `.../Praia_(filme)`. */
function isTail(text: string, start: number, end: number): boolean {
  const last = text.charAt(end - 1);
  if (!LINK_TAIL.test(last)) return false;
  return last !== ')' || !text.slice(start, end).includes('(');
}
