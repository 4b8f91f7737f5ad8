import { ABBREVIATIONS, STOP_WORDS } from './stop-words.ts';

/** Reduces a Portuguese word, in lower case and with its usual accents, to its stem. */
export type Stem = (word: string) => string;

/** How many different terms of a query count; the rest of a longer one is not looked up. */
const MAX_QUERY_TERMS = 64;

// The longest query that is looked at, in UTF-16 units: far above what holds 64 terms.
const MAX_QUERY = 4000;

// Nothing that people search for is longer; such a run is base64 or noise.
const MAX_TERM = 40;

const MARKS = /\p{M}+/gu;
const GREETINGS = ['bom dia', 'boa tarde', 'boa noite'];
const GREETING = /\b(?:bom dia|boa tarde|boa noite)\b/gu;
const LAUGHTER = /^(?:k{2,}|(?:rs)+|(?:ha|he){2,}h?)$/u;
const THOUSANDS = /(?<![\d.,])(\d{1,3}(?:\.\d{3})+)(?:,\d{1,2})?(?![\d.])/gu;
const NO_CENTS = /(\d),00(?!\d)/gu;
const WORDS = /[\p{L}\p{N}]+(?:[-_/.][\p{L}\p{N}]+)*/gu;
/** Words with their accents, whichever way these are written, codes and numbers: read one by one. */
const RUNS = /[\p{L}\p{N}\p{M}]+(?:[-_/.,][\p{L}\p{N}\p{M}]+)*/gu;
const PLAIN_WORDS = /[\p{L}\p{N}]+/gu;
const PIECES = /\p{L}+|\p{N}+/gu;

/** The endings that Portuguese spells with an accent, on folded words; plurals meet their singular. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/coes$/u, 'ção'],
  [/cao$/u, 'ção'],
  [/(?:o|a)es$/u, 'ão'],
  [/ao$/u, 'ão'],
  [/aos$/u, 'ão'],
  [/avel$/u, 'ável'],
  [/aveis$/u, 'ável'],
  [/ivel$/u, 'ível'],
  [/iveis$/u, 'ível'],
  [/encia(s?)$/u, 'ência$1'],
  [/ancia(s?)$/u, 'ância$1'],
  [/ario(s?)$/u, 'ário$1'],
  [/orio(s?)$/u, 'ório$1'],
];

/** A word that tells texts apart: as it was written, folded and without abbreviation, and its term. */
export interface ReadWord {
  readonly word: string;
  readonly term: string;
}

/** The first so many words of each stem stay read: a shop's whole vocabulary, and the common words of any other. */
const MAX_REMEMBERED = 20_000;
/** Longer ones are read anew each time: nobody repeats them. */
const LONGEST_REMEMBERED = 40;

// A corpus repeats its words. What one was read as hangs on the stem alone, and goes with it.
const remembered = new WeakMap<Stem, Map<string, readonly ReadWord[]>>();

/** The words of a text that tell it from others, in its order. Pure but for the stem handed in. */
export function readWords(text: string, stem: Stem): readonly ReadWord[] {
  const known = remembered.get(stem) ?? new Map<string, readonly ReadWord[]>();
  remembered.set(stem, known);
  const all: ReadWord[] = [];
  for (const run of runsOf(text)) {
    for (const read of known.get(run) ?? readAndRemember(run, stem, known)) all.push(read);
  }
  return all;
}

/** The terms of a text, in its order, each as often as it stands there. Pure but for the stem handed in. */
export function termsOf(text: string, stem: Stem): readonly string[] {
  return readWords(text, stem).map(({ term }) => term);
}

/** The words of a query by their different terms, the first 64 of them. */
export function queryWords(query: string, stem: Stem): readonly ReadWord[] {
  const byTerm = new Map<string, ReadWord>();
  for (const read of readWords(query.slice(0, MAX_QUERY), stem)) {
    if (!byTerm.has(read.term)) byTerm.set(read.term, read);
    if (byTerm.size === MAX_QUERY_TERMS) break;
  }
  return [...byTerm.values()];
}

/** All words of a text, small ones too, without accents and in lower case. */
export function plainWords(text: string): readonly string[] {
  return fold(text).match(PLAIN_WORDS) ?? [];
}

function runsOf(text: string): readonly string[] {
  const plain = text.normalize('NFC').toLowerCase();
  const isGreeting = GREETINGS.some((greeting) => plain.includes(greeting));
  return (isGreeting ? plain.replace(GREETING, ' ') : plain).match(RUNS) ?? [];
}

function readAndRemember(
  run: string,
  stem: Stem,
  known: Map<string, readonly ReadWord[]>,
): readonly ReadWord[] {
  if (run.length > LONGEST_REMEMBERED || known.size >= MAX_REMEMBERED) return readRun(run, stem);
  // In an engine's memory a piece of a text keeps the whole text alive; one put together anew does not.
  const own = run.split('').join('');
  const read = readRun(own, stem);
  known.set(own, read);
  return read;
}

function readRun(run: string, stem: Stem): readonly ReadWord[] {
  const plain = fold(run).replace(THOUSANDS, joinThousands).replace(NO_CENTS, '$1');
  return (plain.match(WORDS) ?? []).flatMap((word) => piecesOf(word, stem));
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(MARKS, '').toLowerCase();
}

function joinThousands(_: string, number: string): string {
  return number.replaceAll('.', '');
}

// "NF-450", "NF 450" and "nf450" share nf and 450; the first and the last also nf450.
function piecesOf(word: string, stem: Stem): readonly ReadWord[] {
  const pieces = word.match(PIECES) ?? [];
  const read = pieces.flatMap((piece) => readPiece(piece, stem));
  const isCode = pieces.length > 1 && /\p{L}/u.test(word) && /\p{N}/u.test(word);
  const joined = pieces.join('');
  return isCode && joined.length <= MAX_TERM ? [...read, { word: joined, term: joined }] : read;
}

function readPiece(piece: string, stem: Stem): readonly ReadWord[] {
  if (piece.length > MAX_TERM) return [];
  if (/\p{N}/u.test(piece)) return [{ word: piece, term: piece }];
  // "preçoooo"; no Portuguese word has a letter three times in a row.
  const calm = piece.replace(/(\p{L})\1{2,}/gu, '$1');
  const word = ABBREVIATIONS.get(calm) ?? calm;
  if (word.length < 2 || STOP_WORDS.has(word) || LAUGHTER.test(piece)) return [];
  return [{ word, term: fold(stem(withUsualAccents(word))) }];
}

function withUsualAccents(word: string): string {
  for (const [ending, accented] of ENDINGS) {
    if (ending.test(word)) return word.replace(ending, accented);
  }
  return word;
}
