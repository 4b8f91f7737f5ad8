import { composedText } from '../composed-text.ts';

const ACCENTED = /[\u00C0-\u024F]/gu;
const CAPITALS = /[A-Z]+/gu;
const BASES = new Map<string, string>();

// Fitted into words by copying machines and by those who want to slip past a check.
const UNSEEN = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

// `1` and U+20E3: a digit drawn as a key, which heads a line and says nothing.
const KEYCAP = /[\d#*]\uFE0F?\u20E3/gu;

/** WhatsApp's italics, which would pass for a letter of the word beside them. */
const ITALICS = /(?<![\p{L}\d_])_(?=[\p{L}\d(])|(?<=[\p{L}\d)%])_(?![\p{L}\d_])/gu;

const OTHER_DIGITS = /[\u0660-\u0669\u06F0-\u06F9]/gu;

/** One form for digits and letters of any width, without what a reader cannot see. */
export function plainText(text: string): string {
  return composedText(text)
    .normalize('NFKC')
    .replace(KEYCAP, ' ')
    .replace(UNSEEN, '')
    .replace(ITALICS, ' ')
    .replace(OTHER_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/[‐‑‒–—−]/gu, '-');
}

/** Lower case and without accents, each character in its old place. */
export function foldInPlace(text: string): string {
  return text.replace(ACCENTED, baseOf).replace(CAPITALS, (letters) => letters.toLowerCase());
}

function baseOf(letter: string): string {
  const known = BASES.get(letter);
  if (known !== undefined) return known;
  const folded = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const base = folded.length === 1 ? folded : letter;
  BASES.set(letter, base);
  return base;
}
