import { MAX_TEXT } from '../../../../domain/incoming-message.ts';

const MAX_NAME = 100;
const MAX_ID = 200;

const LINE_ENDS = /\r\n?/gu;
/** All control characters but line feed and tab; hostile messages carry them by the hundred thousand. */
const CONTROLS = /[^\P{Cc}\n\t]/gu;
/** White space and controls of any sort, and the marks that turn the direction of what follows. */
const NOT_IN_NAMES = /[\s\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu;
const VISIBLE_ASCII = /^[!-~]+$/u;

/**
 * A person's words as they may be stored: well-formed, lines ending in `\n`, without control
 * characters and outer white space, at most `MAX_TEXT` long.
 */
export function cleanText(text: string): string {
  const plain = text.replace(LINE_ENDS, '\n').replace(CONTROLS, '').trim();
  return shorten(plain, MAX_TEXT).toWellFormed().trimEnd();
}

/** A name on one line, at most 100 characters; `undefined` when nothing is left of it. */
export function cleanName(name: string | undefined, longest = MAX_NAME): string | undefined {
  if (name === undefined) return undefined;
  const oneLine = name.replace(NOT_IN_NAMES, ' ').trim();
  const clean = shorten(oneLine, longest).toWellFormed().trimEnd();
  return clean === '' ? undefined : clean;
}

/** The identifier as it stands, if it is 1 to 200 visible ASCII characters; a cut one would name another thing. */
export function cleanId(id: unknown): string | undefined {
  if (typeof id !== 'string' || id.length > MAX_ID) return undefined;
  return VISIBLE_ASCII.test(id) ? id : undefined;
}

/** Cuts between characters, never inside a surrogate pair. */
function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const last = text.charCodeAt(longest - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHalf ? longest - 1 : longest);
}
