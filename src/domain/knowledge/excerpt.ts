import { plainWords } from './terms.ts';

/** The longest excerpt, in UTF-16 units. */
const LONGEST = 240;

const SENTENCES = /(?<=[.!?;])\s+|\s*\n\s*/u;

/**
 * A piece of a text in one line, from the sentence on that holds most of the terms; `…` where more
 * stands before or behind it.
 */
export function excerptOf(text: string, terms: readonly string[]): string {
  const whole = oneLine(text);
  if (whole.length <= LONGEST) return whole;
  const sentences = text.split(SENTENCES).map(oneLine);
  const counts = sentences.map((sentence) => termsIn(sentence, terms));
  const first = counts.indexOf(Math.max(...counts));
  const rest = sentences.slice(first).join(' ').trim();
  return `${first === 0 ? '' : '… '}${shortened(rest)}`;
}

// A term is where its word begins, but for accents and stems of irregular words: near enough to point at it.
function termsIn(sentence: string, terms: readonly string[]): number {
  const words = plainWords(sentence);
  return terms.filter((term) => words.some((word) => word.startsWith(term))).length;
}

function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const cut = text.slice(0, LONGEST);
  const end = cut.lastIndexOf(' ');
  return `${(end > 0 ? cut.slice(0, end) : cut).toWellFormed()} …`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
