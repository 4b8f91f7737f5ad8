import { type Fact, type Today } from './fact.ts';
import { type ExaminedText } from './find-facts.ts';
import { agrees, keysOf, supportOf } from './source.ts';

/** A word of a text, or the facts that begin in one place of it. */
interface Token {
  readonly word: string;
  /** By their places in the text's list of facts; none for a word. */
  readonly facts: readonly number[];
  /** Where it begins in the folded text. */
  readonly start: number;
}

/** A text as words and facts, in which two ways of writing a fact are equal. */
export interface Wording {
  readonly facts: readonly Fact[];
  readonly tokens: readonly Token[];
}

/** Where a wording stands in another. */
export interface WordingMatch {
  /** Where it begins in the folded text. */
  readonly start: number;
  /** The facts of the text that it took, by their places in the text's list of facts. */
  readonly facts: readonly number[];
}

const WORD = /[\p{L}\p{N}]+/gu;

/** Left out, so that "12x R$ 10" is "12x de R$ 10"; never what turns a sentence around, as "sem" does. */
const CONNECTIVES = new Set(
  'a as ao aos o os e de da das do dos em na nas no nos um uma por pela pelo'.split(' '),
);

/** The words and facts of a text in their order. */
export function wordingOf({ folded, facts }: ExaminedText): Wording {
  const tokens = [...factTokens(facts), ...wordTokens(folded, facts)];
  tokens.sort((one, other) => one.start - other.start);
  const telling = tokens.filter(({ word }) => !CONNECTIVES.has(word));
  return { facts, tokens: telling.length > 0 ? telling : tokens };
}

/** Every place in a text at which a wording stands, word by word; none for a wording without words. */
export function matchesIn(text: Wording, sought: Wording, today: Today): readonly WordingMatch[] {
  const { length } = sought.tokens;
  if (length === 0) return [];
  return text.tokens.flatMap((first, index) => {
    const stretch = text.tokens.slice(index, index + length);
    const isMatch = sought.tokens.every((token, place) => {
      const other = stretch[place];
      return other !== undefined && isSame([token, sought], [other, text], today);
    });
    return isMatch ? [{ start: first.start, facts: stretch.flatMap(({ facts }) => facts) }] : [];
  });
}

function factTokens(facts: readonly Fact[]): readonly Token[] {
  const byStart = new Map<number, number[]>();
  for (const [index, { start }] of facts.entries()) {
    byStart.set(start, [...(byStart.get(start) ?? []), index]);
  }
  return Array.from(byStart, ([start, indexes]) => ({ word: '', facts: indexes, start }));
}

function wordTokens(folded: string, facts: readonly Fact[]): readonly Token[] {
  const words = Array.from(folded.matchAll(WORD), (match) => ({
    word: match[0],
    facts: [],
    start: match.index,
  }));
  return words.filter(
    (word) => !facts.some(({ start, end }) => start <= word.start && word.start < end),
  );
}

function isSame(
  [sought, { facts }]: readonly [Token, Wording],
  [token, text]: readonly [Token, Wording],
  today: Today,
): boolean {
  if (sought.facts.length === 0) return token.facts.length === 0 && token.word === sought.word;
  return sought.facts.every((index) => {
    const fact = facts[index];
    return token.facts.some((other) => saysTheSame(fact, text.facts[other], today));
  });
}

function saysTheSame(fact: Fact | undefined, other: Fact | undefined, today: Today): boolean {
  if (fact === undefined || other === undefined) return false;
  const keys = new Set(supportOf(other));
  return keysOf(fact).some((key) => keys.has(key)) && agrees(fact, other, today);
}
