import { type Finding } from './fact-lock.ts';
import { foldInPlace, plainText } from './folding.ts';

/** A text that only the model may read. */
export interface Inward {
  readonly text: string;
  /** So many of its words in a row are a leak; fewer may be anybody's. */
  readonly words: number;
}

const WORD = /[\p{L}\p{N}]+/gu;
const PROMPT_MARK =
  /<\/?(?:document|rascunho)[ >]|# ?(?:CONHECIMENTO|Regras|Correção|Neste momento)\b/u;

/** What a reply gives away of the texts that only the model may read, at most one finding for each. */
export function findLeaks(reply: string, inward: readonly Inward[]): readonly Finding[] {
  const said = wordsOf(reply);
  const leaks = inward.flatMap(({ text, words }) => firstRun(said, wordsOf(text), words));
  const mark = PROMPT_MARK.exec(reply)?.[0];
  return [...leaks, ...(mark === undefined ? [] : [mark])].map((text) => ({
    kind: 'instructions',
    value: text,
    text,
    offence: 'leak',
  }));
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
