import { COMMON_FIRST_NAMES } from './common-first-names.ts';
import { foldInPlace } from './facts/folding.ts';

const EMAIL = /[^\s@<>()]{1,64}@[^\s@<>()]{1,255}/gu;
const LINK = /(?:https?:\/\/|www\.)\S+/giu;
/** From six digits on, however they are grouped: a phone, a document, a card, a day of birth. */
const LONG_NUMBER = /[+(]?\d(?:[ \t()./-]{0,3}\d){5,}/gu;
const WORD = /[\p{L}\p{M}'’]+/gu;

/** Behind these comes the name of who writes, or of somebody else. Folded. */
const SAYS_NAME =
  /(?:\b(?:meu nome e|me chamo|chamo-me|nome:|aqui e|aqui fala|aqui quem fala e|quem fala e|fala com|falar com|falei com|falo com|sr\.?|sra\.?|dona|doutora?|dra?\.?|prof\.?|professora?)(?: (?:o|a))?|\bsou (?:o|a)|\baos cuidados de) $/u;

/** Between the names of one person. */
const PARTICLE = /^(?:d[aeo]s?|e)$/u;

/**
 * A customer's words without what tells who wrote them: addresses, long numbers, the names given,
 * names that follow "me chamo" and the like, and the most common first names with what follows them.
 *
 * @param own - How the customer's profile is called.
 */
export function withoutPersonalData(text: string, own = ''): string {
  const plain = text
    .replace(LINK, '[link]')
    .replace(EMAIL, '[e-mail]')
    .replace(LONG_NUMBER, '[número]');
  return withoutNames(plain, ownNames(own));
}

function ownNames(own: string): ReadonlySet<string> {
  const words = foldInPlace(own).match(WORD) ?? [];
  return new Set(words.filter((word) => word.length > 2 && !PARTICLE.test(word)));
}

function withoutNames(text: string, own: ReadonlySet<string>): string {
  const folded = foldInPlace(text);
  let masked = '';
  let end = 0;
  let isInName = false;
  for (const match of text.matchAll(WORD)) {
    const written = match[0];
    const plain = folded.slice(match.index, match.index + written.length);
    const gap = text.slice(end, match.index);
    const follows: boolean = isInName && gap === ' ';
    const before = folded.slice(Math.max(0, match.index - 24), match.index);
    const isName: boolean =
      isKnownName(plain, own) || isNamed(before, plain) || (follows && isCapitalised(written));
    masked += shownWord(`${gap}${written}`, { gap, isName, follows });
    // "Maria de Souza": what follows the particle belongs to the name.
    isInName = isName || (follows && PARTICLE.test(plain));
    end = match.index + written.length;
  }
  return masked + text.slice(end);
}

function shownWord(
  written: string,
  { gap, isName, follows }: { gap: string; isName: boolean; follows: boolean },
): string {
  if (!isName) return written;
  return follows ? '' : `${gap}[nome]`;
}

function isKnownName(plain: string, own: ReadonlySet<string>): boolean {
  return own.has(plain) || COMMON_FIRST_NAMES.has(plain);
}

/** What follows "sou a" may be a small word, which names nobody. */
function isNamed(before: string, plain: string): boolean {
  return plain.length > 2 && SAYS_NAME.test(before);
}

function isCapitalised(word: string): boolean {
  return /^\p{Lu}\p{Ll}/u.test(word);
}
