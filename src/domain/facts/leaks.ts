import { type Finding } from './fact-lock.ts';
import { foldInPlace, plainText } from './folding.ts';

/** A text that only the model may read. */
export interface Inward {
  readonly text: string;
  /** So many of its words in a row are a leak; fewer may be anybody's. */
  readonly words: number;
}

const WORD = /[\p{L}\p{N}]+/gu;
/** A sentence that says of itself that it is not to be told. */
const HUSHED =
  /[^.!?\n]*(?<![a-z])(?:secret\w*|segredo\w*|sigil\w*|confidencia\w*|senha|password|nao (?:diga|revele|conte|divulgue|mencione|mostre)|nunca (?:diga|revele|conte|divulgue|mencione|mostre)|never (?:say|tell|reveal|mention))(?![a-z])[^.!?\n]*/gu;
/** What such a sentence names: `a senha é jabuticaba azul`. */
const HUSHED_NAME =
  /(?:secret\w*|segredo\w*|senha|password)[^.!?\n:="]{0,40}?(?: e | is |: ?|= ?)["'“]?([^.,;!?\n"'”]{3,60})/gu;
const HUSHED_WORDS = 6;

const PROMPT_MARK =
  /<\/?(?:document|rascunho)[ >]|# ?(?:CONHECIMENTO|Regras|Correção|Neste momento)\b/u;

/** What a reply gives away of the texts that only the model may read, at most one finding for each. */
export function findLeaks(reply: string, inward: readonly Inward[]): readonly Finding[] {
  const said = wordsOf(reply);
  const leaks = inward.flatMap(({ text, words }) => [
    ...firstRun(said, wordsOf(text), words),
    ...hushedIn(said, foldInPlace(plainText(text))),
  ]);
  const mark = PROMPT_MARK.exec(reply)?.[0];
  return [...leaks, ...(mark === undefined ? [] : [mark])].map((text) => ({
    kind: 'instructions',
    value: text,
    text,
    offence: 'leak',
  }));
}

/** Of what a text itself calls secret, a few words are a leak, and the name of the secret is one by itself. */
function hushedIn(said: readonly string[], folded: string): readonly string[] {
  const runs = folded.match(HUSHED) ?? [];
  const names = Array.from(folded.matchAll(HUSHED_NAME), ([, name = '']) => wordsOf(name));
  return [
    ...runs.flatMap((run) => firstRun(said, wordsOf(run), HUSHED_WORDS)),
    ...names.flatMap((name) => (name.length === 0 ? [] : firstRun(said, name, name.length))),
  ].slice(0, 1);
}

function firstRun(
  said: readonly string[],
  kept: readonly string[],
  length: number,
): readonly string[] {
  const runs = new Set(runsOf(kept, length));
  const leak = runsOf(said, length).find((run) => runs.has(run));
  return leak === undefined ? [] : [leak];
}

function runsOf(words: readonly string[], length: number): readonly string[] {
  const count = Math.max(0, words.length - length + 1);
  return Array.from({ length: count }, (_, start) => words.slice(start, start + length).join(' '));
}

function wordsOf(text: string): readonly string[] {
  return foldInPlace(plainText(text)).match(WORD) ?? [];
}
